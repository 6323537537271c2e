import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePhrase } from "#pipeline/tag/phrase.ts";
import { createTrie } from "#pipeline/tag/trie.ts";
import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";

const operandsOf = (sources: readonly string[]) =>
  sources.flatMap((source) => {
    const parsed = parsePhrase(source, {});
    return parsed.ok ? parsed.phrase.operands : [];
  });

/** What the trie finds: `phrase@first-last`. */
function found(sources: readonly string[], text: string): string[] {
  const trie = createTrie(operandsOf(sources));
  const { nodes, from, to } = trie.find(text, tokenize(text));
  return nodes
    .flatMap((node, i) => trie.ends[node]!.map((operand) => `${sources[operand]}@${from[i]}-${to[i]}`))
    .toSorted();
}

test("every phrase is found where it stands, overlapping ones too", () => {
  expect(found(["safety audit", "audit", "audit report"], "A safety audit report")).toEqual([
    "audit report@2-3",
    "audit@2-2",
    "safety audit@1-2",
  ]);
});

test("a word matches its inflections, a prefix what begins so, an exact form itself, a capital what is so written", () => {
  expect(found(["audit"], "audits audited auditing")).toHaveLength(3);
  expect(found(["paus*"], "pausing Pause pauper")).toEqual(["paus*@0-0", "paus*@1-1"]);
  expect(found(["=fined"], "fine fines fined")).toEqual(["=fined@2-2"]);
  expect(found(["US"], "US us U.S. Us")).toEqual(["US@0-0", "US@2-2"]);
});

test("a word does not match another that has its stem", () => {
  for (const [phrase, other] of [
    ["likely", "likeness"],
    ["voice", "voiced"],
    ["accord", "according"],
    ["utility", "utilize"],
    ["department", "departing"],
    ["general", "generates"],
    ["executive", "executed"],
  ] as const)
    expect(found([phrase, other], `${phrase} ${other}`)).toEqual([`${phrase}@0-0`, `${other}@1-1`].toSorted());
  expect(found(["utility"], "utilities")).toHaveLength(1);
  expect(found(["AI", "ai"], "avian plain fair aid")).toEqual([]);
});

test("a given name beside a surname is no word, where other words are written small", () => {
  const bills = (text: string) => found(["=bill", "bill"], text).length / 2;
  for (const text of [
    "Guests include Bill Gates and a judge",
    "Bill Gates said so",
    "a talk with Bill Gates warned of it",
  ])
    expect(bills(text)).toBe(0);
  for (const text of [
    "The House passed Bill C-27",
    "Senate Passes Bill Requiring Labels",
    "Vote on Bill Requiring Labels Delayed",
    "The Bill passed",
    "Lawmakers introduce bill",
  ])
    expect(bills(text)).toBe(1);
});

test("no phrase is found inside a longer word", () => {
  expect(found(["pass", "ass"], "assist the passenger")).toEqual([]);
});

test("a word of the text may be of several patterns at once", () => {
  expect(found(["fined", "=fined", "fin*"], "fined")).toHaveLength(3);
});

test("it finds what a search of every phrase at every word finds", () => {
  const word = fc.constantFrom("audit", "audits", "safety", "report", "US", "us", "the", "paused");
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(
      fc.uniqueArray(phrase, { minLength: 1, maxLength: 8 }),
      fc.array(word, { maxLength: 30 }),
      (phrases, words) => {
        const text = words.join(" ");
        const tokens = tokenize(text);
        const expected: string[] = [];
        operandsOf(phrases).forEach(({ sequences: [sequence] }, i) => {
          for (let at = 0; at + sequence!.length <= tokens.count; at += 1) {
            const matches = sequence!.every(({ kind, text: wanted }, j) => {
              const here = wordAt(text, tokens, at + j);
              return kind === "cased" ? here === wanted : stem(fold(here)) === wanted;
            });
            if (matches) expected.push(`${phrases[i]}@${at}-${at + sequence!.length - 1}`);
          }
        });
        // Phrases of the same stems are one node; each operand is still found.
        expect(found(phrases, text)).toEqual(expected.toSorted());
      },
    ),
  );
});
