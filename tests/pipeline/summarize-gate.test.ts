import { describe, expect, it } from "vitest";
import { faultIn } from "#pipeline/summarize/gate.ts";
import { CORRUPTED, FAITHFUL, NEVER, SOURCES } from "#support/corrupted-summaries.ts";

const judge = ({ text, on }: (typeof FAITHFUL)[number]) =>
  faultIn(
    text,
    on.map((name) => SOURCES[name]),
  );

describe("the gate for written sentences", () => {
  it.each(FAITHFUL)("lets a faithful sentence through: $text", (sentence) => {
    expect(judge(sentence)).toBeNull();
  });

  it("lets every sentence of a source through as it stands", () => {
    for (const source of Object.values(SOURCES)) expect([source, faultIn(source, [source])]).toEqual([source, null]);
  });

  it("is tried on 60 corrupted sentences", () => {
    expect(CORRUPTED).toHaveLength(60);
  });

  it.each(CORRUPTED)("catches a false $kind: $text", (sentence) => {
    expect(judge(sentence)).not.toBeNull();
  });

  it("never lets a number, name, date or quotation through that the source lacks", () => {
    const through = CORRUPTED.filter((sentence) => NEVER.includes(sentence.kind) && judge(sentence) === null);
    expect(through).toEqual([]);
  });

  it.each([
    ["a link", "The Federal Lab Authority ordered Northlake Labs to report at https://example.org/x now."],
    ["a mention", "The Federal Lab Authority ordered <@123> and Northlake Labs to report incidents."],
    ["a line break", "The Federal Lab Authority ordered Northlake Labs\nto report serious incidents."],
    ["half a sentence", "The Federal Lab Authority ordered Northlake"],
    ["nothing", ""],
    ["half a quotation", "The Federal Lab Authority ordered “Northlake Labs to report serious incidents."],
  ])("drops %s", (_, text) => {
    expect(faultIn(text, [SOURCES.order])).toBe("form");
  });

  it("drops what no source is named for", () => {
    expect(faultIn("The authority ordered the labs to report.", [])).not.toBeNull();
  });
});
