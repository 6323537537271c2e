import { privately } from "#discord/answer.ts";
import { VERDICTS } from "#model/review.ts";
import { decideReview } from "#store/reviews.ts";
import { type Button, mayDecide, numberOf } from "./command.ts";

/**
 * The buttons `review:VERDICT:ARTICLE` of what is held for review. Whoever presses first decides; what was decided is said to those who
 * come after, and the message says it from then on.
 */
export const review: Button = async (pressed, [word, id], context) => {
  const verdict = VERDICTS.find((one) => one === word);
  if (verdict === undefined || !mayDecide(pressed, context))
    return privately("Only who may manage this server, the one of the operators' channel, decides what readers get.");
  const articleId = numberOf(id);
  const decided = await decideReview(context.db, articleId, { verdict, decidedBy: pressed.user.id }, context.clock());
  if (decided === null) return privately("This article is not stored any more.");
  if (decided.now) context.log.info("a held article was decided", { article: articleId, verdict, by: pressed.user.id });
  const by = decided.decidedBy === null ? "" : ` by <@${decided.decidedBy}>`;
  const said =
    decided.verdict === "released"
      ? `**Released**${by}: it goes to those who follow what it tells of, within seconds.`
      : `**Dropped**${by}: no reader gets it.`;
  const [told = ""] = pressed.message.content.split("\n**");
  return { content: `${told}\n${said}`, components: [], update: true };
};
