/** Marks that say where a word may be parted, or that it may not, and what programs leave behind: no script needs them. */
const NEVER_SHOWN = /[\u00AD\u180E\u2060-\u2064\uFEFF\uFFF9-\uFFFB]|\u034F|\p{Surrogate}/gu;

/** A letter of a script that joins its letters or writes no spaces, a mark on one, or a part of an emoji. */
const JOINING = String.raw`(?:(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})`;

/** Zero-width spaces, joiners and non-joiners that have nothing to part or to join. */
const IDLE_JOINERS = new RegExp(`(?<!${JOINING})[\\u200B-\\u200D]|[\\u200B-\\u200D](?!${JOINING})`, "gu");

/** What turns the direction of writing, and the letters that are written from the right. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Whether a text holds any of them; nearly none does. */
const ANY = /\u034F|[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uD800-\uDFFF\uFEFF\uFFF9-\uFFFB]/;

/** Text with those invisible characters alone that its script needs: a joiner in Persian or an emoji, a direction in Hebrew. */
export function withoutInvisible(text: string): string {
  if (!ANY.test(text)) return text;
  const shown = text.replace(NEVER_SHOWN, "").replace(IDLE_JOINERS, "");
  return RIGHT_TO_LEFT.test(shown) ? shown : shown.replace(DIRECTIONS, "");
}
