import type { Point } from "#model/pack.ts";
import type { Mood } from "#model/tag.ts";
import { type Document, type Match, overlaps, topicExclusion } from "./document.ts";
import { moodOf } from "./mood.ts";
import { onTopicByItself, type Publisher } from "./publisher.ts";
import type { Rules } from "./rules.ts";

/** A hit of a point's phrase, and what became of it. */
export type Hit = {
  readonly match: Match;
  readonly reading: Mood;
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
/** A weak phrase that comes back in sentence after sentence says something too: in five of them, as much as a strong one. */
const RETURN_WEIGHT = 0.4;
/** A weak phrase in the title says as much as one and a half in the text: the title is the writer's own summary. */
const TITLE_FACTOR = 1.5;

/** Judges the hits of every point that has any. */
export function judgePoints(
  document: Document,
  rules: Rules,
  publisher: Publisher | undefined,
): readonly PointFinding[] {
  const gate = topicGate(document, onTopicByItself(publisher));
  const offTopic = topicExclusion(document);
  const byPoint = Map.groupBy(
    document.matches.filter(({ rule }) => rule.role.kind === "strong" || rule.role.kind === "weak"),
    ({ rule }) => (rule.role as { owner: string }).owner,
  );
  return rules.pack.points.flatMap((point) => {
    const matches = byPoint.get(point.id);
    if (matches === undefined) return [];
    const hits = matches.map((match): Hit => {
      const excluded = exclusionOf(match, document);
      const reading = excluded === null ? moodOf(match, document) : "elsewhere";
      return { match, reading, cancelled: whyNot(gate[match.sentence]!, reading, offTopic, excluded) };
    });
    return [weigh(point, hits, document, rules)];
  });
}

/** Sentences with a topic term that make the whole article about the topic. */
const RETURNS = 3;

/**
 * Which sentences count: those with a topic term in the title, in themselves or in a neighbour; all of them when the
 * article keeps coming back to the topic, or is on it whatever it says.
 */
function topicGate(document: Document, whatever: boolean): readonly boolean[] {
  const onTopic = document.bySentence.map((matches) => matches.some(({ rule }) => rule.role.kind === "topic"));
  const titled = document.sentences[0]?.field === "title" && onTopic[0]!;
  const whole = whatever || titled || onTopic.filter(Boolean).length >= RETURNS;
  return onTopic.map((_, i) => whole || onTopic[i - 1] || onTopic[i] || onTopic[i + 1] || false);
}

const reasonOf = ({ rule }: Match): string => ("reason" in rule.role ? rule.role.reason : rule.source);

function whyNot(onTopic: boolean, reading: Mood, offTopic: Match | undefined, excluded: Match | null): string | null {
  if (offTopic !== undefined) return `the article is left out: ${reasonOf(offTopic)}`;
  if (!onTopic) return "no term of the topic near";
  if (excluded !== null) return `"${excluded.rule.source}": ${reasonOf(excluded)}`;
  return reading === "negated" ? "the sentence denies it" : null;
}

/** An exclusion of a point cancels the point's weak hits in its sentence, and the strong ones whose words it shares. */
function exclusionOf(match: Match, { bySentence }: Document): Match | null {
  const { role } = match.rule;
  const owner = "owner" in role ? role.owner : null;
  return (
    bySentence[match.sentence]!.find(
      (other) =>
        other.rule.role.kind === "exclude" &&
        other.rule.role.owner === owner &&
        (role.kind === "weak" || overlaps(other, match)),
    ) ?? null
  );
}

/** The best sentence together with the title, or all the sentences that say anything, each a little. */
function weigh(point: Point, hits: readonly Hit[], document: Document, { government }: Rules): PointFinding {
  const counting = hits.filter(({ cancelled }) => cancelled === null);
  const inTitle = counting.filter(({ match }) => match.field === "title");
  const minimum = point.minimum ?? MINIMUM;
  let score = 0;
  for (const [sentence, inSentence] of Map.groupBy(counting, ({ match }) => match.sentence)) {
    score = Math.max(score, sum(sentence === 0 ? inSentence : [...inTitle, ...inSentence]));
  }
  const sentencesWithAny = new Set(counting.map(({ match }) => match.sentence)).size;
  score = Math.max(score, sentencesWithAny * RETURN_WEIGHT);
  const beside = (hit: Hit) => byGovernment(hit, document, government);
  return { point, hits, score, minimum, strength: score >= minimum ? "strong" : counting.some(beside) ? "weak" : null };
}

/** The weights of phrases, each counted once at its best, and once only for the same words of one sentence. */
function sum(hits: readonly Hit[]): number {
  const weightOf = ({ match: { rule, field } }: Hit) =>
    WEIGHT[rule.role.kind as "strong" | "weak"] * (field === "title" ? TITLE_FACTOR : 1);
  const counted: Match[] = [];
  let total = 0;
  for (const hit of hits.toSorted((a, b) => weightOf(b) - weightOf(a))) {
    const same = (other: Match) =>
      other.rule === hit.match.rule || (other.sentence === hit.match.sentence && sameWords(other, hit.match));
    if (counted.some(same)) continue;
    counted.push(hit.match);
    total += weightOf(hit);
    if (total >= ENOUGH) break;
  }
  return total;
}

/** More than any minimum needs to be: past this the rest is not read. */
const ENOUGH = 20;

/** Do two phrases rest on the same words? What NEAR leaves between its sides is not its own. */
const sameWords = (a: Match, b: Match): boolean =>
  a.rule.operands.length > 1 || b.rule.operands.length > 1 ? a.from === b.from && a.to === b.to : overlaps(a, b);

/** A weak phrase beside a government actor and a topic term: enough for a digest, never for a post. */
function byGovernment({ match }: Hit, document: Document, government: ReadonlySet<string>): boolean {
  const beside = document.bySentence[match.sentence]!;
  return (
    beside.some(({ rule }) => rule.role.kind === "topic") &&
    beside.some(({ rule }) => rule.role.kind === "actor" && government.has(rule.role.owner))
  );
}
