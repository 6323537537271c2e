import type { Facets, Pack } from "#model/pack.ts";
import type { Tagging } from "#model/tag.ts";
import { glossedOf } from "#text/gloss.ts";
import { compareAll, isCopyOf, sharedStems } from "./comparison.ts";
import { commonVenue, type Venue, venueOdds, venueOf } from "./courts.ts";
import { agreement, byStory, contributions, type Judged, judgeBy } from "./judge.ts";
import { type Governing, kinshipOf } from "./matters.ts";
import { FITTED, type Model } from "./model.ts";
import { type Placeable, profileOf } from "./profile.ts";
import { createRegister, windowStart } from "./register.ts";
import { type Subjects, subjectsOf, tagOdds } from "./subjects.ts";
import { createWindow } from "./window.ts";

export type { Placeable } from "./profile.ts";

/** Why an article joined: its nearest article in the story, and what spoke for it. */
export type Because = {
  readonly articleId: number;
  /** The text is that article's: one voice, whatever the titles. */
  readonly copy: boolean;
  /** Log-odds that the two tell of one development; 0 is even. */
  readonly odds: number;
  /** Stems that both have in title or lede, rarest first. */
  readonly shared: readonly string[];
  /** What each kind of evidence added to the odds, by name, strongest first. */
  readonly evidence: Readonly<Record<string, number>>;
};

/** Where an article belongs. Without a `storyId` it opens a story, in the saga if there is one. */
export type Placement = {
  readonly storyId: number | null;
  readonly sagaId: number | null;
  /** Says why, until the index is asked or told anything else. */
  readonly because: (() => Because) | null;
};

/**
 * Decides which story an article joins, in memory. Its state is a function of the articles of the last WINDOW_DAYS and
 * of the stories they were given, in order of arrival: replaying those rebuilds it, whichever worker does so.
 */
export type StoryIndex = {
  /** Where `article` belongs; changes nothing. */
  place(article: Placeable, tagging: Tagging): Placement;
  /** Remembers an article and its story. An article that is known already is filed anew (moved or edited). */
  add(article: Placeable, tagging: Tagging, storyId: number, sagaId: number): void;
  /** Ends these sagas, and no others: none but copies join their stories, and none is opened in them. */
  close(sagaIds: readonly number[]): void;
  /** It is `now`: forgets what has left the window, also after days in which nothing came. */
  advance(now: Date): void;
  /** Articles remembered. */
  size(): number;
};

/** Days for which articles are remembered, and counted for the rarity of words. */
export const WINDOW_DAYS = 30;

/** What was first seen before this is in no index at `now`. */
export const indexedSince = (now: Date): Date => windowStart(now, WINDOW_DAYS);

/** Days without a word after which a development is over: what comes then is the saga's next one. */
export const QUIET_DAYS = 14;

/** Odds at which an article joins a story; and a saga with which it shares a matter, as if of one day, act and place. */
const JOINING_ODDS = -0.5;
/** What a bill, case or act that both name by its number adds to these: whatever the words, it is one matter. */
const NAMED_ODDS = 20;

/** Stems named in an explanation. */
const STEMS_SHOWN = 6;

const NO_PACK: StoryPack = { stages: [], actors: [], places: [] };

/** What a pack tells of its stories: `words` are shares of its articles, by stem, where they were learned. */
export type StoryPack = Governing &
  Pick<Facets, "stages"> &
  Partial<Pick<Pack, "glossaries">> & { readonly words?: ReadonlyMap<string, number> };

/** `model` weighs the evidence, and another than the fitted one is for measuring. */
export function createStoryIndex(pack: StoryPack = NO_PACK, model: Model = FITTED): StoryIndex {
  const judge = judgeBy(model);
  const window = createWindow(pack.words);
  const register = createRegister(WINDOW_DAYS);
  const subjects = new Map<number, Subjects>();
  const venues = new Map<number, Venue>();
  let closed: ReadonlySet<number> = new Set();
  /** Reports of several languages are compared in one. */
  const inEnglish = (article: Placeable): Placeable => glossedOf(article, pack.glossaries)?.english ?? article;

  function forget(ids: readonly number[]): void {
    window.forget(ids);
    for (const id of ids) {
      subjects.delete(id);
      venues.delete(id);
    }
  }

  return {
    size: () => window.size,
    advance: (now) => forget(register.advance(now)),

    place(given, tagging) {
      const article = inEnglish(given);
      const profile = profileOf(article);
      const query = window.ask(profile);
      const about = subjectsOf(tagging);
      const venue = venueOf(tagging, pack.stages);
      const judged = compareAll(query, window.candidates(query)).map((comparison) =>
        judge(comparison, tagOdds(about, subjects.get(comparison.entry.id)!)),
      );
      const isClosed = ({ entry }: Judged) => closed.has(entry.sagaId);
      const isCopied = (each: Judged) => isCopyOf(query, each);
      const because = (nearest: Judged) => (): Because => ({
        articleId: nearest.entry.id,
        copy: isCopied(nearest),
        odds: nearest.odds,
        shared: sharedStems(window, query, nearest.entry, STEMS_SHOWN),
        evidence: contributions(model, nearest),
      });

      // A copy belongs with its original, even when that story is long over: an old page dated anew reopens nothing.
      let nearest = judged.find(isCopied) ?? null;
      let likeliest = JOINING_ODDS;
      if (!nearest) {
        for (const [storyId, candidates] of byStory(judged)) {
          if (isClosed(candidates[0]!) || !register.isOpen(storyId, article, QUIET_DAYS)) continue;
          const theirs = commonVenue(candidates.map(({ entry }) => venues.get(entry.id)!));
          const odds = agreement(candidates, register.sizeOf(storyId)) + venueOdds(venue, theirs);
          if (odds >= likeliest) [nearest, likeliest] = [candidates[0]!, odds];
        }
      }
      if (nearest) {
        const { storyId, sagaId } = nearest.entry;
        return { storyId, sagaId, because: because(nearest) };
      }

      const { sharesNumber, sharesMatter } = kinshipOf({ article, tagging, about, query }, window, pack);
      let kin: Judged | null = null;
      let kinship = 0;
      for (const each of judged) {
        const elsewhere = each.tags.some(({ elsewhere }) => elsewhere);
        const named = sharesNumber(each.entry, subjects.get(each.entry.id)!);
        const beyond = each.oddsOfOneDay + (named ? NAMED_ODDS : 0) - JOINING_ODDS;
        if (beyond < kinship || isClosed(each) || !(named || sharesMatter(each.entry, elsewhere))) continue;
        [kin, kinship] = [each, beyond];
      }
      return { storyId: null, sagaId: kin?.entry.sagaId ?? null, because: kin && because(kin) };
    },

    close(sagaIds) {
      closed = new Set(sagaIds);
    },

    add(article, tagging, storyId, sagaId) {
      register.strike(article.id);
      const { filed, over } = register.file(article, storyId);
      forget([article.id, ...over]);
      if (!filed) return;
      window.add(article.id, profileOf(inEnglish(article)), storyId, sagaId);
      subjects.set(article.id, subjectsOf(tagging));
      venues.set(article.id, venueOf(tagging, pack.stages));
    },
  };
}
