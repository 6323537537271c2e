import { z } from "zod";

/*
 * Fields that several files of a pack have. A description is shown to people by `policywire schema` and `policywire check`.
 */

/** What kind of publisher stands behind a feed. */
export const FEED_KINDS = [
  "regulator",
  "legislature",
  "court",
  "press",
  "trade-press",
  "think-tank",
  "law-firm",
  "lab",
  "newsletter",
  "aggregator",
] as const;

/** Only variables that are named so are sent to sources: no pack gets at another secret of the environment. */
export const FEED_KEY = /^FEED_KEY_[A-Z0-9_]+$/;

/** Discord shows at most 100 characters of a choice, and points and places are choices. */
export const MAX_NAME = 100;

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe(
    "An id in lower case: letters, digits and single hyphens, such as `audit-scope`. It is stored: never reuse one.",
  );

export const placeId = z
  .string()
  .regex(/^[A-Z]{2,4}(-[A-Za-z0-9]+)*$/)
  .describe("A place: `US`, `EU`, `INT` for international, `US-CA` for a part of one.");

export const name = z.string().min(1).max(MAX_NAME).describe(`What readers see, at most ${MAX_NAME} characters.`);

/** Half a line of a phone. */
const MAX_LABEL = 24;

export const label = z
  .string()
  .min(1)
  .max(MAX_LABEL)
  .optional()
  .describe(`What a card says in place of the name, at most ${MAX_LABEL} characters, such as \`Adopted\`, \`EU\`.`);

export const phrase = z
  .string()
  .regex(/[\p{L}\p{N}]/u)
  .describe(
    "A phrase in lower case. It matches whole words by their stems; `*` ends a word that may go on, `a NEAR/6 b` allows up to six words between.",
  );

export const phrases = z.array(phrase).describe("A list of phrases. See docs/packs.md.");

export const url = z
  .url({ protocol: /^https?$/ })
  .refine((value) => !URL.canParse(value) || (new URL(value).username === "" && new URL(value).password === ""), {
    message: "holds a user name or password",
  })
  .describe("A full address, https:// or http://, without a user name or password.");

export const day = z.iso.date().describe("A day such as 2025-09-05.");
