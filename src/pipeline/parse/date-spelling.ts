import { unescapeText } from "#text/entities.ts";
import { zoneAt } from "./clock.ts";

/** The years that count from the Republic in Taiwan, and from the last two accessions in Japan; the first is called its beginning. */
const ERAS: Readonly<Record<string, number>> = { 民國: 1911, 民国: 1911, 平成: 1988, 令和: 2018 };
const ERA = new RegExp(`(${Object.keys(ERAS).join("|")}) ?(\\d{1,3}|元) ?(?=年)`);

/** Figures of Arabic, of Persian and Urdu, and of Hindi, each in order from nought. */
const FIGURES = /[\u0660-\u0669]|[\u06f0-\u06f9]|[\u0966-\u096f]/g;
const figureOf = (figure: string): string => String((figure.charCodeAt(0) - (figure < "\u0900" ? 0 : 6)) % 16);

/** Half days as East Asia writes them, before the time. */
const HALVES = /(오전|上午|午前)|(오후|下午|午後)/;

/** One spelling for what is written in several: figures, blanks, signs, the order of time and date. */
export function settled(raw: string): string {
  let text = unescapeText(raw)
    .normalize("NFKC")
    .replace(FIGURES, figureOf)
    .replace(ERA, (_, era: string, year) => String((ERAS[era] ?? 0) + (year === "元" ? 1 : Number(year))))
    // JSON as .NET writes it: milliseconds since 1970; the zone behind says how they were shown.
    .replace(/^\\?\/?Date\((\d{13})(?:[+-]\d{4})?\)\\?\/?$/, "$1")
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
      .replace(/^\p{L}{2,}[.,:]+ ?(?=\d+[-/.] ?\d)/u, "")
      .replace(/(?<=\d),? at (?=\d)/i, " ")
      // As web servers log it.
      .replace(/(\d[/-]\p{L}+[/-]\d{4}):(?=\d\d:)/u, "$1 ")
      .replace(/\s+/g, " ")
      .trim()
  );
}
