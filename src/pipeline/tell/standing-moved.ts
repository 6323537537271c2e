import { stageGroups } from "#model/pack.ts";
import type { Movement } from "#model/story.ts";
import { type Span, type Tag, tagsOn } from "#model/tag.ts";
import type { Member } from "./member.ts";
import { certaintyOf, type Ladder, type Standing, standingOf } from "./standing.ts";
import { actsOf, headSays, isNewTo, supposes, type Told, type ToldAct, undoes } from "./told-acts.ts";

/**
 * What moved in where a story stands. A stage is news when the headline of the voice that brought it shows it, as something
 * that is so and was not `told` before, or the head of an office's own text; else it is only read otherwise, as is a move
 * among the stages at which nothing is on its way. A certainty is, when a new voice that tells where the matter stands makes
 * it firm.
 */
export function standingMoved(
  before: readonly Member[],
  after: readonly Member[],
  fresh: readonly Member[],
  told: Told,
  ladder: Ladder,
): Movement[] {
  const then = standingOf(before, ladder);
  const now = standingOf(after, ladder);
  if (now.stage && (now.stage !== then.stage || now.step !== then.step)) {
    const tag = tagsOn(now.by!.tagging.tags, "stage").find(({ primary }) => primary)!;
    // What was said before, word for word, and is dated anew proves nothing.
    const proof = fresh.includes(now.by!) ? proofOf(now.by!, tag, told, before) : null;
    const groups = stageGroups(ladder);
    const isOpen = groups.of.get(now.stage.id) === groups.open;
    const kind = proof === null || isOpen ? "standing" : isReversal(then, now, proof, told) ? "reversal" : "stage";
    const from = then.step ?? then.stage;
    const to = now.step ?? now.stage;
    const sentence = proof?.sentence ?? null;
    return [{ kind, from: from?.id ?? null, to: to.id, articleId: now.by!.article.id, sentence }];
  }
  if (!now.certainty?.firm || !then.certainty || then.certainty.firm) return [];
  const { id } = now.certainty;
  const by = now.holders.find((voice) => fresh.includes(voice) && certaintyOf(voice, ladder)?.id === id);
  if (by === undefined) return [];
  const tag = tagsOn(by.tagging.tags, "certainty").find((each) => each.id === id);
  // In the title, or said of the publisher alone: the title is what it confirms.
  const sentence = tag?.evidence.find(({ field }) => field === "text")?.sentence ?? null;
  return [{ kind: "certainty", from: then.certainty.id, to: id, articleId: by.article.id, sentence }];
}

/** Where a voice shows a stage, and the act by which it does, where a verb tells one. */
type Proof = { readonly sentence: Span | null; readonly act: ToldAct | null };

function proofOf(by: Member, { evidence }: Tag, told: Told, before: readonly Member[]): Proof | null {
  const { title, text } = by.article;
  const shown = evidence.filter(({ field }) => field === "title" || by.primary);
  for (const { field, sentence: at, phrase } of shown) {
    const sentence = field === "title" ? null : at;
    const here = actsOf(by).filter((act) => act.sentence?.start === sentence?.start);
    const act = here.find((one) => one.modality === "done" && isNewTo(told, one)) ?? null;
    const said = sentence === null ? title : text.slice(sentence.start, sentence.end);
    // Where no verb tells an act the words that show the stage do, unless others have said them.
    const isSo = act !== null || (here.length === 0 && !before.some((voice) => headSays(voice, phrase)));
    if (isSo && !supposes(said)) return { sentence, act };
  }
  return null;
}

/**
 * Whether the pressure turned, by an act that undoes an earlier one on the same object. A settlement of a suit turns nothing.
 */
function isReversal(then: Standing, now: Standing, { act }: Proof, told: Told): boolean {
  if (act === null || then.stage === null || (then.stage.eases === true) === (now.stage?.eases === true)) return false;
  return undoes(told, act);
}
