import type { StoredArticle } from "#model/article.ts";
import type { Matter } from "#model/matter.ts";
import type { Pack } from "#model/pack.ts";
import type { Tagging } from "#model/tag.ts";
import { namesInHead, sightingsIn } from "#pipeline/matters/sightings.ts";
import type { Db } from "#store/engine/database.ts";
import { mattersCalled, saveSightings } from "#store/matters.ts";
import { stateIn } from "#text/us-states.ts";

/** Words of a name that hardly two laws share; shorter ones, such as `Data Protection Act`, many countries have. */
const TELLING_WORDS = 4;

/**
 * Keeps the matters that an article is about: those it names by number, the laws of the pack, and those that it calls by a name
 * under which other articles gave the number.
 */
export async function noteMatters(tx: Db, article: StoredArticle, tagging: Tagging, { facets }: Pack): Promise<void> {
  await saveSightings(tx, article.id, sightingsIn(article, tagging, facets, await calledIn(tx, article)));
}

/** Matters by their names alone: one that no other has, and that is telling or of the state that the article names. */
async function calledIn(tx: Db, article: StoredArticle): Promise<ReadonlyMap<string, Matter>> {
  const names = new Set(namesInHead(article).map(({ name }) => name));
  if (names.size === 0) return new Map();
  const state = stateIn(`${article.title} ${article.text}`);
  const found = new Map<string, Matter>();
  for (const [name, matters] of await mattersCalled(tx, names)) {
    const theirs = matters.filter(({ key }) => state !== null && key.startsWith(`${state} `));
    const [one, other] = theirs.length > 0 ? theirs : matters;
    const isTelling = theirs.length > 0 || name.split(" ").length >= TELLING_WORDS;
    if (one !== undefined && other === undefined && isTelling) found.set(name, one);
  }
  return found;
}
