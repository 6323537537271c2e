import { styleText } from "node:util";
import { nameOn, type Pack } from "#model/pack.ts";
import type { Evidence, Tag } from "#model/tag.ts";
import { gistOf } from "#pipeline/tag/gist.ts";
import type { Hit, PointFinding } from "#pipeline/tag/points.ts";
import type { Judgement } from "#pipeline/tag/tag.ts";
import type { Look } from "./terminal.ts";

/** A rule of the pack can be long; on a terminal its beginning tells which it is. */
const RULE_WIDTH = 90;

/** A judgement for a person: the text with its hits marked, then every rule that counted or was cancelled, and why. */
export function explanation({ document, points, relevance, tagging }: Judgement, pack: Pack, look: Look): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    look.colour ? styleText(format, text, { validateStream: false }) : text;
  const { title, text } = document.article;
  const counting = points.flatMap(({ hits }) => hits.filter(({ cancelled }) => cancelled === null));
  const marks = (field: "title" | "text") =>
    counting.flatMap(({ match }) => (match.field === field ? [{ start: match.start, end: match.end }] : []));
  const gist = gistOf(document.article, tagging.tags, pack);
  const lines = [
    style("bold", marked(title, marks("title"))),
    ...(text === "" ? [] : [marked(text, marks("text"))]),
    "",
    ...(gist === null ? [] : [`Read as: ${gist}`]),
    `${tagging.relevant ? "Relevant" : "Not relevant"}: ${sumText(relevance)}`,
    ...(tagging.hold === null ? [] : [style("yellow", `Held back: the item ${tagging.hold}`)]),
    "",
    ...points.flatMap((finding) => [headText(finding, tagging.relevant), ...finding.hits.map(hitText), ""]),
    ...tagging.tags.filter(({ axis }) => axis !== "point").map((tag) => facetText(tag, pack)),
  ];
  return `${lines.join("\n")}\n`;
}

/** The text with each hit in brackets; hits that overlap share a pair. */
function marked(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  let out = "";
  let at = 0;
  let open = -1;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (open >= 0 && start <= open) {
      if (end > open) open = end;
      continue;
    }
    if (open >= 0) {
      out += `${text.slice(at, open)}]`;
      at = open;
    }
    out += `${text.slice(at, start)}[`;
    at = start;
    open = end;
  }
  return open < 0 ? text : `${out}${text.slice(at, open)}]${text.slice(open)}`;
}

function sumText({ sum, cues }: Judgement["relevance"]): string {
  if (cues.length === 0)
    return "title and first sentences are not on the topic, or an exclusion of the topic stands there.";
  const parts = cues.map(({ name, weight }) => `${name} ${weight < 0 ? "−" : "+"}${Math.abs(weight)}`);
  return `${sum.toFixed(2)} of 1 (${parts.join(", ")})`;
}

function headText({ point, score, minimum, strength }: PointFinding, relevant: boolean): string {
  const verdict =
    strength === null
      ? "no tag"
      : strength === "weak"
        ? "weak tag: one weak phrase beside a government actor"
        : relevant
          ? "tag"
          : "weak tag: the article is not relevant";
  return `${point.name}: ${verdict} (${score} of ${minimum})`;
}

function hitText({ match, reading, cancelled }: Hit): string {
  const { source, role } = match.rule;
  const verdict = cancelled === null ? `${role.kind}, ${reading}` : `cancelled: ${cancelled}`;
  return `  ${shortened(source)}\n    in the ${match.field} at ${match.start}: ${verdict}`;
}

function facetText({ axis, id, primary, evidence }: Tag, pack: Pack): string {
  const minor = axis === "place" ? "mention only" : "also named";
  const proof = evidence[0] === undefined ? "from the publisher" : proofText(evidence[0]);
  return `${axis}: ${nameOn(axis, id, pack)}${primary ? "" : ` (${minor})`}, ${proof}`;
}

const proofText = ({ phrase, rule }: Evidence): string => `"${phrase}" by ${shortened(rule)}`;

const shortened = (rule: string): string => (rule.length > RULE_WIDTH ? `${rule.slice(0, RULE_WIDTH - 1)}…` : rule);
