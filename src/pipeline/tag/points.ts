import type { Point } from "#model/pack.ts";
import type { Reading } from "#model/tag.ts";
import { type Document, isLede, type Match } from "./document.ts";
import { readingOf } from "./reading.ts";
import type { Rules } from "./rules.ts";

/** A hit of a point's phrase, and what became of it. */
export type Hit = {
  readonly match: Match;
  readonly reading: Reading;
  /** Why the hit counts for nothing, in words for a person; null when it counts. */
  readonly cancelled: string | null;
};

/** What an article says on one point: every hit, and whether they make a tag. */
export type PointFinding = {
  readonly point: Point;
  readonly hits: readonly Hit[];
  /** What the counting hits come to, and what is asked. */
  readonly score: number;
  readonly minimum: number;
  readonly strength: "strong" | "weak" | null;
};

/** One strong phrase, or two weak ones in one sentence, make a tag. */
const WEIGHT = { strong: 2, weak: 1 } as const;
const MINIMUM = 2;
/** A weak phrase in the title says as much as one and a half in the text: the title is the writer's own summary. */
const TITLE_FACTOR = 1.5;

/** Judges the hits of every point that has any. */
export function judgePoints(document: Document, rules: Rules): readonly PointFinding[] {
  const gate = topicGate(document);
  const offTopic = document.matches.find(
    ({ rule, sentence }) => rule.role.kind === "off-topic" && isLede(document, sentence),
  );
  const byPoint = Map.groupBy(
    document.matches.filter(({ rule }) => rule.role.kind === "strong" || rule.role.kind === "weak"),
    ({ rule }) => (rule.role as { owner: string }).owner,
  );
  return rules.pack.points.flatMap((point) => {
    const matches = byPoint.get(point.id);
    if (matches === undefined) return [];
    const exclusions = document.matches.filter(
      ({ rule }) => rule.role.kind === "exclude" && rule.role.owner === point.id,
    );
    const hits = matches.map((match): Hit => {
      const reading = readingOf(match, document);
      const cancelled =
        offTopic !== undefined
          ? `the article is left out: ${reasonOf(offTopic)}`
          : !gate[match.sentence]
            ? "no term of the topic near"
            : (excludedBy(match, exclusions) ?? (reading === "negated" ? "the sentence denies it" : null));
      return { match, reading: excludedBy(match, exclusions) === null ? reading : "elsewhere", cancelled };
    });
    return [weigh(point, hits, document)];
  });
}

/** Which sentences count: those with a topic term in the title, in themselves or in a neighbour. */
function topicGate(document: Document): readonly boolean[] {
  const onTopic = document.bySentence.map((matches) => matches.some(({ rule }) => rule.role.kind === "topic"));
  const titled = document.sentences[0]?.field === "title" && onTopic[0]!;
  return onTopic.map((_, i) => titled || onTopic[i - 1] || onTopic[i] || onTopic[i + 1] || false);
}

const reasonOf = ({ rule }: Match): string => ("reason" in rule.role ? rule.role.reason : rule.phrase.source);

/** An exclusion cancels the weak hits of its sentence, and the strong ones whose words it shares. */
function excludedBy(match: Match, exclusions: readonly Match[]): string | null {
  const by = exclusions.find(
    (other) =>
      other.sentence === match.sentence &&
      (match.rule.role.kind === "weak" || (other.from <= match.to && other.to >= match.from)),
  );
  return by === undefined ? null : `"${by.rule.phrase.source}": ${reasonOf(by)}`;
}

/** The best sentence together with the title, each phrase counted once. */
function weigh(point: Point, hits: readonly Hit[], document: Document): PointFinding {
  const counting = hits.filter(({ cancelled }) => cancelled === null);
  const minimum = point.minimum ?? MINIMUM;
  let score = 0;
  for (const [, inSentence] of Map.groupBy(counting, ({ match }) => match.sentence)) {
    const best = new Map<number, number>();
    for (const { match } of [...inSentence, ...counting.filter(({ match }) => match.field === "title")]) {
      const weight = WEIGHT[match.rule.role.kind as "strong" | "weak"] * (match.field === "title" ? TITLE_FACTOR : 1);
      best.set(match.rule.number, Math.max(best.get(match.rule.number) ?? 0, weight));
    }
    score = Math.max(
      score,
      [...best.values()].reduce((sum, weight) => sum + weight, 0),
    );
  }
  const strength = score >= minimum ? "strong" : counting.some((hit) => byGovernment(hit, document)) ? "weak" : null;
  return { point, hits, score, minimum, strength };
}

/** A weak phrase beside a government actor and a topic term: enough for a digest, never for a post. */
function byGovernment({ match }: Hit, document: Document): boolean {
  const beside = document.bySentence[match.sentence]!;
  return beside.some(({ rule }) => rule.role.kind === "topic") && beside.some(({ rule }) => rule.role.kind === "actor");
}
