/** What windows-1252 puts where ISO 8859-1 has control characters, in the order of its bytes 0x80 to 0x9F; a blank for none. */
const WINDOWS = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

const BYTES: ReadonlyMap<string, number> = new Map(
  [...WINDOWS].flatMap((character, i) => (character === " " ? [] : [[character, 0x80 + i] as const])),
);

const FOLLOWING = `[\\u0080-\\u00BF${WINDOWS.replaceAll(" ", "")}]`;

/** Characters that are UTF-8's bytes, each read as windows-1252. */
const TWICE = new RegExp(
  `^(?:[\\u00C2-\\u00DF]${FOLLOWING}|[\\u00E0-\\u00EF]${FOLLOWING}{2}|[\\u00F0-\\u00F4]${FOLLOWING}{3})+$`,
);

const BEYOND_ASCII = /[\u0080-\u{10FFFF}]+/gu;

/** Control characters that no text has stand for windows-1252's printable ones. */
const C1 = /[\u0080-\u009F]/g;

const utf8 = new TextDecoder("utf-8", { fatal: true });

function once(run: string): string {
  try {
    return utf8.decode(Uint8Array.from(run, (character) => BYTES.get(character) ?? character.charCodeAt(0)));
  } catch {
    return run;
  }
}

/** Undoes what is certain: text that is all ISO 8859-1 and would be sound UTF-8, byte by byte, was encoded twice. */
export function mendBytes(text: string): string {
  if (!/[\u0080-\u00FF]/.test(text)) return text;
  const single = !/[\u0100-\uFFFF]/.test(text) && /[\u00C2-\u00F4][\u0080-\u00BF]/.test(text) ? once(text) : text;
  return single.replace(C1, (control) => WINDOWS[control.charCodeAt(0) - 0x80]?.trim() || control);
}

/** Text counts as encoded twice when so many of its runs beyond ASCII look it: in sound text hardly one does. */
const MOST = 0.8;
/** Fewer runs than this must begin as the commonest do: an É before a » looks like mojibake too. */
const ENOUGH = 3;

/**
 * Undoes what is all but certain, too: text that was taken for windows-1252 and encoded again, with typographic quotes and all.
 */
export function mendText(text: string): string {
  if (!/[ÂÃâÐÎ]/.test(text)) return text;
  const runs = text.match(BEYOND_ASCII) ?? [];
  const twice = runs.filter((run) => TWICE.test(run));
  const enough = runs.length >= ENOUGH || runs.every((run) => /^(?:[ÂÃ]|â€)/.test(run));
  if (!enough || twice.length < runs.length * MOST) return text;
  return text.replace(BEYOND_ASCII, (run) => (TWICE.test(run) ? once(run) : run));
}
