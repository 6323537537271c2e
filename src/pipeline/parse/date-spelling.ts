import { unescapeText } from "#text/entities.ts";
import { zoneAt } from "./clock.ts";

/** Half days as East Asia writes them, before the time. */
const HALVES = /(오전|上午|午前)|(오후|下午|午後)/;

/** One spelling for what is written in several: figures, blanks, signs, the order of time and date. */
export function settled(raw: string): string {
  let text = unescapeText(raw)
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
  if (/[年년]/.test(text)) {
    text = text
      .replace(/(\d) ?[年년월月] ?(?=\d)/g, "$1-")
      .replace(/(\d) ?[日일]/, "$1 ")
      .replace(/(\d) ?[時时시点] ?(?=\d)/, "$1:")
      .replace(/(\d) ?[分분] ?/, "$1:")
      .replace(/:(\d{1,2}) ?[秒초]|:$/, (_, second) => (second === undefined ? "" : `:${second}`));
  }
  const half = HALVES.exec(text);
  if (half !== null) text = `${text.replace(half[0], " ")} ${half[2] === undefined ? "AM" : "PM"}`;
  return (
    text
      // `(Thu)`, `(CET)` and other comments; the zone in one counts where no other stands there.
      .replace(/\(([^()]*)\)/g, (_, comment) => (zoneAt(comment)?.rest === "" ? ` ${comment} ` : " "))
      .replace(
        /^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(?=$|[^\d:])/,
        (_, y, m, d, h, min, s) => `${y}-${m}-${d}${h === undefined ? "" : ` ${h}:${min}:${s ?? "00"}`}`,
      )
      .replace(/T(\d\d)(\d\d)(\d\d)?(?=$|[^\d:])/, (_, h, min, s) => `T${h}:${min}:${s ?? "00"}`)
      .replace(/T(\d\d)(?=$|[Z+-])/, "T$1:00")
      .replace(/:(\d)(?!\d)/g, ":0$1")
      .replace(/^(\d{1,2}:\d\d(?::\d\d)?),? (\d+[-/.].*)$/, "$2 $1")
      .replace(/^\p{L}{2,}[.,]+ ?(?=\d+[-/.] ?\d)/u, "")
      // As web servers log it.
      .replace(/(\d[/-]\p{L}+[/-]\d{4}):(?=\d\d:)/u, "$1 ")
      .replace(/\s+/g, " ")
      .trim()
  );
}
