import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { readGlossaries, readLanguage } from "#pack/glossaries.ts";
import { LANGUAGES } from "#support/languages.ts";
import { languageNamed, pathOfLanguage } from "#text/language-files.ts";

/** A pack with one file of a language; resolves to what is wrong with it. */
function problemsOf(text: string) {
  const dir = mkdtempSync(join(tmpdir(), "policywire-languages-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, "languages"));
  writeFileSync(join(dir, "languages", "it.yaml"), text);
  const { glossaries, problems } = readGlossaries(dir);
  return {
    glossaries,
    problems: problems.map(({ file, line, path, message }) => [file.slice(dir.length + 1), line, path, message]),
  };
}

describe.each(LANGUAGES)("what the program knows of a language (%s)", (language) => {
  it("is in order and leaves nothing out", () => {
    const { value, problems } = readLanguage(pathOfLanguage(language));
    expect(problems).toEqual([]);
    expect(languageNamed(language)).toEqual(value);
  });
});

test("no language of the program is without items of our own to judge it by", () => {
  const files = readdirSync(join(pathOfLanguage("de"), "..")).map((file) => file.slice(0, 2));
  expect(files.toSorted()).toEqual([...LANGUAGES].toSorted());
});

describe("a file of a language in a pack", () => {
  it("says what words are in English, and may say no more", () => {
    const { glossaries, problems } = problemsOf("words:\n  fine: [multa, sanzione]\n");
    expect(problems).toEqual([]);
    expect(glossaries["it"]).toMatchObject({
      words: { fine: ["multa", "sanzione"] },
      endings: [],
      capitalNouns: false,
    });
  });

  it.each([
    ["words:\n  fine: multa\n", 2, "words.fine", "not a list"],
    ["words:\n  fine: []\n", 2, "words.fine", "empty"],
    ["endings: [i, 3]\nwords:\n  fine: [multa]\n", 1, "endings[1]", "not a string"],
    ["wrods:\n  fine: [multa]\n", 1, "words", "missing"],
    [
      "words:\n  fine: [multa]\n  sanction:\n    - pena\n    - multa\n",
      5,
      "words.sanction[1]",
      '"multa" is "fine" already',
    ],
    ["words:\n  fine: [… multa]\n", 2, "words.fine[0]", '"… multa" is no word, nor words with one … between'],
    [
      "words:\n  fine: [multa, a … b … c]\n",
      2,
      "words.fine[1]",
      '"a … b … c" is no word, nor words with one … between',
    ],
  ])("is refused with file and line where it is wrong: %j", (text, line, path, message) => {
    expect(problemsOf(text).problems).toContainEqual(["languages/it.yaml", line, path, message]);
  });
});
