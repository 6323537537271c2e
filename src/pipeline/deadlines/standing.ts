import type { DeadlineClaim, Occasion } from "#model/deadline.ts";

/** A day that stands, or that was taken back, with all that say so. */
export type StandingDay = {
  readonly occasion: Occasion;
  readonly day: string;
  /** `moved` is superseded by `to`; `contested` stands beside others that other sources give for the same. */
  readonly state: "stands" | "contested" | "moved" | "cancelled";
  /** The day that took its place. */
  readonly to: string | null;
  /** All its sources say that it only would be so. */
  readonly tentative: boolean;
  /** How often it took the place of another. */
  readonly moves: number;
  /** The day that it was at first: through all moves the same. */
  readonly first: string;
  /** What names it, oldest first; the first is the one to quote. */
  readonly claims: readonly [DeadlineClaim, ...DeadlineClaim[]];
  readonly storyId: number;
  readonly sagaId: number;
};

/** What happens once in a matter: two days of it from sources that do not know each other's cannot both be right. */
const ONCE: ReadonlySet<Occasion> = new Set<Occasion>(["comments", "decision", "effect", "sunset"]);

type Draft = {
  -readonly [Key in "state" | "to" | "moves" | "first"]: StandingDay[Key];
} & { readonly claims: DeadlineClaim[] };

/**
 * What stands of what articles said, told in the order in which they said it, for each dispute. A day that is moved takes the place
 * of the one that the sentence names, or of the only one that its story has for the occasion; an earlier day that an old report
 * repeats does not come back. Of days that contradict each other those stand that a primary source gives.
 */
export function standingDays(
  claims: readonly DeadlineClaim[],
  isPrimary: (feedId: string) => boolean,
): readonly StandingDay[] {
  const matters = Map.groupBy(claims, ({ sagaId, occasion }) => `${sagaId} ${occasion}`);
  return [...matters.values()]
    .flatMap((matter) => {
      const drafts = draftsOf(matter);
      contest(drafts, isPrimary);
      return drafts.map(finished);
    })
    .sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}

/** The days of one occasion of one dispute. */
function draftsOf(claims: readonly DeadlineClaim[]): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const claim of claims) {
    const draft = drafts.get(claim.day) ?? { state: "stands", to: null, moves: 0, first: claim.day, claims: [] };
    if (claim.change === "moved") moveTo(claim, draft, drafts);
    if (claim.change === "cancelled") draft.state = "cancelled";
    draft.claims.push(claim);
    drafts.set(claim.day, draft);
  }
  return [...drafts.values()];
}

/** A day that is moved to stands again, whatever became of it before. */
function moveTo(claim: DeadlineClaim, draft: Draft, drafts: ReadonlyMap<string, Draft>): void {
  const left = leftBy(claim, draft, drafts);
  if (left === undefined) return;
  left.state = "moved";
  left.to = claim.day;
  draft.state = "stands";
  draft.to = null;
  draft.moves = Math.max(draft.moves, left.moves + 1);
  draft.first = left.first;
}

/** The day that is left: of one that an earlier report moved already nothing is left again. */
function leftBy({ from, storyId }: DeadlineClaim, draft: Draft, drafts: ReadonlyMap<string, Draft>): Draft | undefined {
  if (draft.claims.some(({ change }) => change === "moved")) return undefined;
  if (from !== null) return drafts.get(from);
  const others = [...drafts.values()].filter(
    (each) => each !== draft && each.state === "stands" && each.claims.some((claim) => claim.storyId === storyId),
  );
  return others.length === 1 ? others[0] : undefined;
}

/** Marks days of one story and occasion that contradict each other; a primary source settles it. */
function contest(drafts: readonly Draft[], isPrimary: (feedId: string) => boolean): void {
  const standing = drafts.filter(({ state, claims }) => state === "stands" && ONCE.has(claims[0]!.occasion));
  const groups = Map.groupBy(standing, ({ claims }) => claims[0]!.storyId);
  for (const group of groups.values()) {
    // Who names two of them knows of both: they are days of different things.
    const apart = group.filter((each) => group.every((other) => other === each || !sharesArticle(each, other)));
    if (apart.length < 2) continue;
    const official = apart.filter(({ claims }) => claims.some(({ feedId }) => isPrimary(feedId)));
    for (const each of apart) {
      if (official.length !== 1) each.state = "contested";
      else if (each !== official[0]) {
        each.state = "moved";
        each.to = official[0]!.claims[0]!.day;
      }
    }
  }
}

const sharesArticle = (a: Draft, b: Draft): boolean =>
  a.claims.some(({ articleId }) => b.claims.some((other) => other.articleId === articleId));

function finished({ claims, ...draft }: Draft): StandingDay {
  const [first] = claims as [DeadlineClaim, ...DeadlineClaim[]];
  const tentative = claims.every((claim) => claim.tentative);
  // What moved it, or took it back, says most; the last of them is the news.
  const telling = claims.findLast(({ change }) => change !== "set") ?? first;
  const { occasion, day, sagaId, storyId } = telling;
  return {
    ...draft,
    occasion,
    day,
    tentative,
    storyId,
    sagaId,
    claims: [telling, ...claims.filter((each) => each !== telling)],
  };
}
