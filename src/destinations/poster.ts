import { createHash } from "node:crypto";
import { type Claim, NO_STORY, type Poster, type PostOutcome, type QuietDay } from "#model/delivery.ts";
import { type NamedDestination, namedIn } from "#model/destination.ts";
import { filterWords } from "#pipeline/filter-words.ts";
import { destinationNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { storyById } from "#store/stories.ts";
import { holdTurn } from "#store/turns.ts";
import type { Kind, Means } from "./kind.ts";
import type { Content, Message } from "./message.ts";
import { createOpener } from "./opener.ts";
import { outcomeOf } from "./outcome.ts";
import type { Keys } from "./seal.ts";
import { sendUnknowing } from "./unknowing.ts";

export type Posting = {
  readonly db: Db;
  readonly means: Means;
  /** Read at each use: a key file may be made meanwhile. */
  readonly keys: () => Keys;
  readonly random: () => number;
  /** Tells the operators. */
  readonly tell: (sentence: string) => void;
};

/** What is said, and by what its message is known: the same however often it is tried. */
type Owed = {
  readonly destination: string;
  readonly identity: readonly (string | number)[];
  readonly content: Content;
  /** How often it was claimed; null for what is no delivery. */
  readonly attempts: number | null;
};

/** What posts to the destinations of one kind; `close` ends what it keeps open. */
export function createPosterOf(name: string, kind: Kind, posting: Posting): Poster & { close(): Promise<void> } {
  const opener = createOpener(kind, posting);
  const say = (owed: Owed) => said(owed, kind, { ...posting, open: opener.open });
  const owed = async ({ destination, attempts, deliveryId, storyId, revision }: Claim, content: Content) => {
    // In a store that was restored numbers come again, for other stories.
    const story = storyId === NO_STORY ? null : await storyById(posting.db, storyId);
    const identity = [deliveryId, storyId, revision, story?.openedAt.getTime() ?? 0];
    return say({ destination, attempts, identity, content });
  };
  const unowed = (
    { destination, subscriptionId, at }: Pick<QuietDay, "destination" | "subscriptionId" | "at">,
    content: Content,
  ) => say({ destination, attempts: null, identity: [subscriptionId, at.getTime()], content });
  return {
    serves: { kind: name },
    pace: kind.pace,
    post: (claim, card) => owed(claim, { kind: "story", card, earlier: claim.messageId, saga: claim.sagaMessageId }),
    postDigest: (claim, digest) => owed(claim, { kind: "digest", digest }),
    postMemo: (claim, memo) => owed(claim, { kind: "memo", memo, of: filterWords(memo.filter, posting.means.pack) }),
    postOverflow: (claim, stories) => owed(claim, { kind: "overflow", stories }),
    postReminders: (claim, days) => owed(claim, { kind: "reminders", days }),
    postQuietDay: (quiet) => unowed(quiet, { kind: "quiet-day", quiet }),
    postSilences: (silences) => unowed(silences, { kind: "silences", silences }),
    edit: ({ destination, deliveryId, messageId }, card) => {
      // The same card again says nothing new, and is known again.
      const identity = [deliveryId, JSON.stringify(card)];
      return say({ destination, attempts: null, identity, content: { kind: "growth", card, messageId } });
    },
    close: opener.close,
  };
}

type Saying = Posting & { readonly open: ReturnType<typeof createOpener>["open"] };

async function said(owed: Owed, kind: Kind, posting: Saying): Promise<PostOutcome> {
  const { db, means, open } = posting;
  if (!kind.holds.includes(owed.content.kind))
    return { kind: "moot", reason: `A destination of this kind is told of no ${owed.content.kind}.` };
  const destination = await destinationNamed(db, namedIn(owed.destination)?.name ?? "");
  if (destination === null) return { kind: "gone", reason: "The destination was removed." };
  if (destination.pausedAt !== null) return { kind: "forbidden", reason: destination.pauseReason ?? "It is paused." };
  const opened = open(destination);
  if (opened.kind === "refused") return opened.outcome;
  const message = messageOf(destination, owed, means.clock());
  if (owed.attempts === null && (await holdTurn(db, message.key, null, message.at, HOLD_MS)) === null)
    return { kind: "retry", at: new Date(message.at.getTime() + HOLD_MS), reason: "Another worker is about it." };
  // What is no delivery is tried as if it had been tried before.
  const attempts = owed.attempts ?? 2;
  const send = (one: Message) => opened.receiver.send(one);
  const sent = kind.knowsAgain
    ? await send(message)
    : await sendUnknowing(message, attempts, send, { db, clock: means.clock });
  return outcomeOf(sent, attempts, { ...posting, clock: means.clock, destination, secrets: opened.secrets });
}

/** Nothing is claimed of what is no delivery: whoever begins keeps others off for so long, a look at the clock and longer than a try. */
const HOLD_MS = 50_000;

function messageOf(destination: NamedDestination, { identity, content }: Owed, at: Date): Message {
  // One that is set up anew under the name of another is another.
  const whole = [destination.name, destination.createdAt.getTime(), content.kind, ...identity];
  const key = createHash("sha256").update(JSON.stringify(whole)).digest("base64url");
  return { key, at, destination: destination.name, mayRepeat: false, content };
}
