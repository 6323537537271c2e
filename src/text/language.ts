import { eld } from "eld/extrasmall";

/** Enough for a safe answer; more only costs time. */
const ENOUGH = 600;

/** The language of a text as ISO 639-1, or null when the text is too short or too mixed to tell. */
export function languageOf(text: string): string | null {
  const told = eld.detect(text.slice(0, ENOUGH));
  return told.isReliable() && told.language !== "" ? told.language : null;
}
