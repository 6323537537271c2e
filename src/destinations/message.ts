import type { ShownDay } from "#model/deadline.ts";
import type { Card, Digest, QuietDay, RequestedMemo, Silences } from "#model/delivery.ts";

/** What is to be said: names are resolved, nothing is looked up any more. */
export type Content =
  /**
   * A revision of a story. `earlier` is the `messageId` of the newest revision before it at the same destination, `saga` that of the newest
   * message there about its dispute; null where there is none.
   */
  | { readonly kind: "story"; readonly card: Card; readonly earlier: string | null; readonly saga: string | null }
  /** A card that stands there as `messageId` has grown, and nothing moved: it is to show what it shows now. */
  | { readonly kind: "growth"; readonly card: Card; readonly messageId: string }
  | { readonly kind: "digest"; readonly digest: Digest }
  /** `of` says what the request asks for: `Audit scope; in EU`. */
  | { readonly kind: "memo"; readonly memo: RequestedMemo; readonly of: string }
  /** So many stories moved within an hour beyond what is told one by one. */
  | { readonly kind: "overflow"; readonly stories: number }
  | { readonly kind: "reminders"; readonly days: readonly ShownDay[] }
  | { readonly kind: "quiet-day"; readonly quiet: QuietDay }
  | { readonly kind: "silences"; readonly silences: Silences }
  /** Marked as a test; who set the destination up wants to see that it arrives. */
  | { readonly kind: "test" };

export type ContentKind = Content["kind"];

/** One message for one destination. */
export type Message<Said extends Content = Content> = {
  /**
   * By which a receiver knows it again: the same for every try, and no other message's, whatever is said by now. 43 characters of
   * base64url.
   */
  readonly key: string;
  /** When this try is made. */
  readonly at: Date;
  /** The name that operators gave the destination. */
  readonly destination: string;
  /** An earlier try may have been carried out though its answer was lost, and the receiver cannot tell (see `knowsAgain`). */
  readonly mayRepeat: boolean;
  readonly content: Said;
};

/** What became of one try. Waits, tries, pauses and dead letters follow from it and are no kind's business. */
export type Sent =
  /** `messageId` is what a later message of the same story may refer to. */
  | { readonly kind: "sent"; readonly messageId: string }
  /**
   * Again, after `afterMs` where the receiver said how long; null where it did not. `unsure` where it may have been carried out all the same.
   */
  | { readonly kind: "later"; readonly afterMs: number | null; readonly unsure: boolean; readonly reason: string }
  /** It takes nothing until somebody acts: all that is owed is kept, the destination pauses and the operators are told. */
  | { readonly kind: "closed"; readonly reason: string }
  /** It is taken back for good: as closed, and what is owed is dropped. */
  | { readonly kind: "gone"; readonly reason: string }
  /** It will never take this message, and others as before: a dead letter. */
  | { readonly kind: "refused"; readonly reason: string };
