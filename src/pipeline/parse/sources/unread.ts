import type { ParseOutcome } from "../outcome.ts";

/** What could not be read as its source says, in a sentence that says what to do. */
export const unread = (reason: string): ParseOutcome => ({ kind: "not-a-feed", reason, suggestions: [] });
