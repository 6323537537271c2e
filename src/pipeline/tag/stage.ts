import type { Tag } from "#model/tag.ts";
import { type Document, isLede, type Match } from "./document.ts";
import { facetTag } from "./facets.ts";
import type { MoodCue } from "./mood-cues.ts";
import type { Publisher } from "./publisher.ts";
import type { Rules } from "./rules.ts";

/** Words that may stand between a conditional verb and the step that it holds back. */
const CONDITION_REACH = 8;

/**
 * The stage of the matter, from title and lede: the first cue of the title, else of the lede; of cues that begin at one
 * word the furthest stage, and in it the furthest step. A conditional verb before it holds it back to the stage marked
 * `conditionalCap`. Stages that title and lede name besides follow as not primary.
 */
export function findStages(document: Document, { pack }: Rules): readonly Tag[] {
  const stages = new Map(pack.facets.stages.map((stage) => [stage.id, stage]));
  const cap = pack.facets.stages.find(({ conditionalCap }) => conditionalCap);
  const lowest = Math.min(...pack.facets.stages.map(({ order }) => order));
  const found = new Map<string, Match>();
  const cues = cuesOf("stage", document).toSorted((a, b) => {
    const rank = (match: Match) => stages.get(match.rule.role.kind === "stage" ? match.rule.role.owner : "")!.order;
    const step = ({ rule: { role } }: Match) => (role.kind === "stage" ? role.step : 0);
    // A stage that is no step counts where no other is named.
    const [low, other] = [Number(rank(a) === lowest), Number(rank(b) === lowest)];
    return low - other || a.sentence - b.sentence || a.from - b.from || rank(b) - rank(a) || step(b) - step(a);
  });
  for (const match of cues) {
    if (match.rule.role.kind !== "stage") continue;
    if (denied(match, document)) continue;
    let stage = stages.get(match.rule.role.owner)!;
    if (cap !== undefined && stage.order > cap.order && heldBack(match, document)) stage = cap;
    if (!found.has(stage.id)) found.set(stage.id, match);
  }
  return [...found].map(([id, match], i) => facetTag("stage", id, i === 0, [match], document));
}

/** Words that may stand between `won't` and the step that is not taken. */
const DENIAL_REACH = 2;

const denied = (match: Match, document: Document): boolean => precededBy("denial", match, document, DENIAL_REACH);

const heldBack = (match: Match, document: Document): boolean =>
  precededBy("condition", match, document, CONDITION_REACH);

/** Does such a cue begin before the match ends, and end not further than `reach` words before it? */
function precededBy(cue: MoodCue, match: Match, document: Document, reach: number): boolean {
  return document.bySentence[match.sentence]!.some(
    ({ rule, from, to }) =>
      rule.role.kind === "reading" && rule.role.cue === cue && from < match.to && match.from - to - 1 <= reach,
  );
}

/**
 * How firmly it is known, from title and lede. What a publisher says of itself is as firm as such publishers are;
 * else the first cue counts. A cue of a certainty that `overrides` counts before both. Others follow as not primary.
 */
export function findCertainties(document: Document, rules: Rules, publisher: Publisher | undefined): readonly Tag[] {
  const { pack } = rules;
  const certainties = new Map(pack.facets.certainties.map((certainty) => [certainty.id, certainty]));
  const found = new Map<string, Match>();
  for (const match of cuesOf("certainty", document).toSorted((a, b) => a.sentence - b.sentence || a.from - b.from)) {
    if (match.rule.role.kind === "certainty" && !found.has(match.rule.role.owner))
      found.set(match.rule.role.owner, match);
  }
  const own = pack.facets.certainties.find(
    ({ publishers }) => publisher !== undefined && publishers?.includes(publisher.kind),
  );
  const ids = [...found.keys()].toSorted((a, b) => {
    const [one, other] = [certainties.get(a)!, certainties.get(b)!];
    if (!one.overrides !== !other.overrides) return one.overrides ? -1 : 1;
    return one.overrides ? other.order - one.order : 0;
  });
  const [named] = ids;
  const cue = named === undefined ? undefined : certainties.get(named)!;
  // A publisher that is no office speaks no firmer than its own title: a lab's guide to a law is analysis.
  const softer =
    cue !== undefined &&
    own !== undefined &&
    !publisher?.primary &&
    cue.order > own.order &&
    found.get(cue.id)!.field === "title";
  const first = cue?.overrides || softer ? named : (own?.id ?? named);
  if (first === undefined) return byFirstName(document, rules);
  return [first, ...ids.filter((id) => id !== first)].map((id, i) => {
    const match = found.get(id);
    return facetTag("certainty", id, i === 0, match === undefined ? [] : [match], document);
  });
}

const cuesOf = (kind: "stage" | "certainty", document: Document): readonly Match[] =>
  document.matches.filter(({ rule, sentence }) => rule.role.kind === kind && isLede(document, sentence));

/** Without any cue, the one who is named first in the title is taken to act or speak. */
function byFirstName(document: Document, { pack, government }: Rules): readonly Tag[] {
  const named = document.matches
    .filter(({ rule, field }) => field === "title" && (rule.role.kind === "actor" || rule.role.kind === "place"))
    .toSorted((a, b) => a.from - b.from);
  const first = named[0];
  if (first === undefined) return [];
  const { role } = first.rule;
  const office = role.kind === "place" || (role.kind === "actor" && government.has(role.owner));
  const certainty = pack.facets.certainties.find(({ publishers }) =>
    publishers?.includes(office ? "regulator" : "lab"),
  );
  return certainty === undefined ? [] : [facetTag("certainty", certainty.id, true, [first], document)];
}
