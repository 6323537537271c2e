const GAP = "[\\s\\-/’',]+";

/** One phrase of the pack's rule language as a pattern: `*` ends a word that may go on, `a NEAR/4 b` allows words between. */
function patternOf(phrase: string): string {
  const parts = phrase.split(/\sNEAR\/(\d+)\s/);
  const words = (part: string) =>
    part
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}[\]\\]/g, (mark) => (mark === "*" ? "[\\p{L}\\p{N}]*" : `\\${mark}`)))
      .join(GAP);
  let pattern = words(parts[0]!);
  for (let i = 1; i + 1 < parts.length; i += 2)
    pattern += `(?:\\P{L}+\\p{L}+){0,${parts[i]}}?\\P{L}+${words(parts[i + 1]!)}`;
  return pattern;
}

/** Recognises any of the phrases; null when there are none. */
export function cuePattern(phrases: readonly string[]): RegExp | null {
  if (phrases.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.map(patternOf).join("|")})(?![\\p{L}\\p{N}])`, "giu");
}
