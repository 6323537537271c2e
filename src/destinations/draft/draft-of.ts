import { clauseWithin } from "#text/clause.ts";
import { cutText } from "#text/cut.ts";
import type { Content, Message } from "../message.ts";
import { cardDraft } from "./card.ts";
import { digestDraft, overflowDraft, quietDraft, silencesDraft } from "./digest.ts";
import { type Draft, plain, WEIGHTS } from "./draft.ts";
import { memoDraft } from "./memo.ts";
import { remindersDraft } from "./reminders.ts";

/** A list of mails shows some 70 characters of a subject, a phone's notification 180; what is longer nobody reads there. */
const MAX_NOTICE = 250;

/** A headline runs to 200, and no service shows more of one. */
const MAX_TITLE = 300;

/** What is said of a message; `told` where a digest has room for its stories' sentences. */
export function draftOf({ content, mayRepeat }: Pick<Message, "content" | "mayRepeat">, told = false): Draft {
  const whole = draftBy(content, told);
  const title = { ...whole.title, text: clauseWithin(whole.title.text, MAX_TITLE) };
  const draft = { ...whole, title, notice: cutText(whole.notice, MAX_NOTICE) };
  return mayRepeat ? { ...draft, blocks: [...draft.blocks, AGAIN] } : draft;
}

const AGAIN = {
  as: "small",
  lines: [[plain("This may stand here twice: the answer to an earlier try was lost.")]],
  weight: WEIGHTS.repeated,
} as const;

function draftBy(content: Content, told: boolean): Draft {
  switch (content.kind) {
    case "story":
    case "growth":
      return cardDraft(content.card);
    case "digest":
      return digestDraft(content.digest, told);
    case "memo":
      return memoDraft(content.memo.memo, content.of);
    case "overflow":
      return overflowDraft(content.stories);
    case "reminders":
      return remindersDraft(content.days);
    case "quiet-day":
      return quietDraft(content.quiet);
    case "silences":
      return silencesDraft(content.silences);
    case "test":
      return testDraft();
  }
}

function testDraft(): Draft {
  const title = "A test of this destination";
  const text = "Nothing moved: whoever set it up wanted to see that it arrives.";
  return {
    notice: `${title}. ${text}`,
    title: plain(title),
    blocks: [{ as: "text", lines: [[plain(text)]], weight: WEIGHTS.state }],
  };
}
