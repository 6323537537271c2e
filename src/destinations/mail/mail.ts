import { draftOf } from "#destinations/draft/draft-of.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import { memoFileName } from "#pipeline/memo/words.ts";
import { kindOf } from "../kind.ts";
import type { Content, Message } from "../message.ts";
import { type Attachment, type Mail, mailOf, messageIdOf } from "./message.ts";
import { createPost } from "./post.ts";
import { letterheadOf, type MailSettings, serverOf, settings } from "./settings.ts";

/** Mail over SMTP, one message to all that a destination names. */
export const mail = kindOf({
  does: "mail over SMTP: digests, memos, reminders, or each story",
  settings,
  // What was sent cannot be taken back.
  holds: ["story", "digest", "memo", "overflow", "reminders", "quiet-day", "silences", "test"],
  // Nobody reads more than this of a mailbox, and servers of hosters take a hundred an hour: ten at once, then one a minute.
  pace: { burst: 10, everyMs: 60_000, allEveryMs: 200 },
  knowsAgain: true,
  shown: ({ server, to }) => `${to.length === 1 ? "1 address" : `${to.length} addresses`} by ${server.host}`,
  open: (read, means) => {
    const post = createPost(serverOf(read), means);
    return { send: (message) => post(message.key, mailFor(message, read)) };
  },
});

/** One message as a mail. */
export function mailFor(message: Message, read: MailSettings): Mail {
  const { key, at, destination, content } = message;
  const identity = { messageId: messageIdOf(key, read.from), answers: answersOf(content), at };
  // A mailbox has room for the sentences of a digest, and knows a mail again that comes twice.
  const draft = draftOf({ content, mayRepeat: false }, true);
  return mailOf(draft, letterheadOf(read, destination), identity, attachmentsOf(content));
}

/** The mails about the same dispute and the same story. */
const answersOf = (content: Content): readonly string[] =>
  content.kind === "story" ? [...new Set([content.saga, content.earlier])].flatMap((id) => id ?? []) : [];

const attachmentsOf = (content: Content): readonly Attachment[] =>
  content.kind === "memo"
    ? [
        {
          filename: memoFileName(content.memo.memo),
          content: memoMarkdown(content.memo.memo, content.of),
          contentType: "text/markdown; charset=utf-8",
        },
      ]
    : [];
