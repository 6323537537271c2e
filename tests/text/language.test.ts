import { describe, expect, it } from "vitest";
import { languageOf } from "#text/language.ts";

describe("languageOf", () => {
  it.each([
    ["en", "The regulator opened an inquiry into the lab's incident reports on Monday."],
    ["fr", "La Commission européenne a ouvert une enquête sur les rapports d'incident."],
    ["de", "Die Behörde leitete am Montag eine Untersuchung gegen das Unternehmen ein."],
    ["es", "El gobierno multó a la empresa por no informar del incidente a tiempo."],
    ["ja", "欧州委員会は月曜日に調査を開始した。"],
  ])("tells %s", (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it("does not guess", () => {
    expect(languageOf("")).toBeNull();
    expect(languageOf("SB 53")).toBeNull();
    expect(languageOf("12 345 — 67")).toBeNull();
  });
});
