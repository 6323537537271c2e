import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** A literal of a regular expression: after what cannot end an operand, on one line. */
const LITERAL =
  /(?<=(?:[=(,:?!&|[{;>]|return|^)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/[dgimsuvy]*/gm;

/** What takes time that grows faster than the text. */
const FAULTS: Readonly<Record<string, (pattern: string) => boolean>> = {
  "a repeated group that begins and ends in a repetition": (pattern) =>
    [...pattern.matchAll(/\((?:\?:)?((?:[^()\\]|\\.)*[+*]\??)\)[+*]/g)].some(
      // What begins with a mark of its own can be cut up in one way only.
      ([, inner = ""]) => !/^(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[])(?![*+?{])/.test(inner) || inner.includes("|"),
    ),
  "a repetition that may begin anywhere and must reach the end": (pattern) =>
    /^(?:\\s|\.|\[(?:\\.|[^\]\\])*\])[+*](?:\\.|[^|\\])*\$$/.test(pattern),
};

/** How patterns begin that may stay, each with what bounds the text that it is given. */
const ALLOWED: Readonly<Record<string, string>> = {
  "\\s+\\S*$": "a title of 120 characters",
  "^(?:(?:SEC(?:TION)?|Sec(?:tion)?)": "it begins at the beginning, and each part of it has brackets of its own",
};

const isAllowed = (pattern: string): boolean => Object.keys(ALLOWED).some((begin) => pattern.startsWith(begin));

const faultsIn = (source: string): string[] =>
  [...source.matchAll(LITERAL)].flatMap(([, pattern = ""]) =>
    Object.entries(FAULTS).flatMap(([fault, test]) =>
      test(pattern) && !isAllowed(pattern) ? [`${pattern}: ${fault}`] : [],
    ),
  );

test("no regular expression takes more time than its text has characters", () => {
  const found = globSync("src/**/*.ts").flatMap((file) =>
    faultsIn(readFileSync(file, "utf8")).map((fault) => `${file}: ${fault}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ["const a = /(a+)+b/;", 1],
  ["if (/(?:x|\\s*)*y/u.test(b)) c();", 1],
  ['text.replace(/\\s+$/, "")', 1],
  ['text.replace(/[,\\s]+$/g, "")', 1],
  ["const a = /^\\s+/;", 0],
  ["const a = b / c; const d = (e+f) / g;", 0],
])("the search for them looks: %s", (source, count) => {
  expect(faultsIn(source)).toHaveLength(count);
});
