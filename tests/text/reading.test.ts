import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { tellStory } from "#pipeline/tell/tell.ts";
import { article, story } from "#support/samples.ts";
import { amountsOf, daysOf, readingOf, sentencesOf, titleFrames, within } from "#text/reading.ts";

const TEXT = "The Senate set a hearing on AI audits for 3 December 2026. It may fine labs $250k.\n\nNo vote was taken.";

test("a text is cut into sentences once, by whatever stages it goes and however often it comes from the store", () => {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the shipped pack is wrong");
  const { pack } = loaded;
  const segment = vi.spyOn(Intl.Segmenter.prototype, "segment");
  const stored = () => article({ text: TEXT });
  const tagging = tag(stored(), compileRules(pack));
  const index = createStoryIndex();
  index.add(stored(), tagging, 1, 1);
  for (let times = 0; times < 3; times++) {
    const members = membershipOf([{ article: stored(), tagging, primary: false }]);
    const { telling } = tellStory(NO_MEMBERS, members, pack.facets);
    tellStory(membershipOf([{ article: article({ id: 2 }), tagging, primary: true }]), members, pack.facets);
    cardOf({ story: { ...story(), ...telling }, revision: 1, movements: [], articles: [stored()] }, pack);
  }
  expect(segment.mock.calls.filter(([text]) => text === TEXT)).toHaveLength(1);
  segment.mockRestore();
  expect(index.size()).toBe(1);
});

test("a text that is no longer kept, or has no hash, is read by itself", () => {
  const whole = article({ text: TEXT });
  expect(sentencesOf(whole)).toHaveLength(3);
  expect(readingOf({ ...whole })).toBe(readingOf(whole));
  expect(sentencesOf({ ...whole, text: "" })).toEqual([]);
  expect(readingOf({ text: TEXT })).not.toBe(readingOf({ text: TEXT }));
});

test("days are those of the day that the article is from", () => {
  const on = (day: string) => article({ text: "It begins tomorrow.", publishedAt: null, firstSeenAt: new Date(day) });
  const [one, other] = [on("2026-11-24"), on("2026-11-25")];
  expect(readingOf(one)).toBe(readingOf(other));
  expect(daysOf(other)[0]!.day - daysOf(one)[0]!.day).toBe(1);
});

test("amounts stand in the sentences that name them", () => {
  const whole = article({ text: TEXT });
  const said = sentencesOf(whole).map((sentence) => within(amountsOf(whole), sentence).map(({ value }) => value));
  expect(said.map((values) => values.includes(250_000))).toEqual([false, true, false]);
});

test("what stands within a part is what begins and ends there", () => {
  const spans = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })), { maxLength: 20 }).map((steps) => {
    let at = 0;
    return steps.map(([gap, length]) => {
      const start = at + gap;
      at = start + length;
      return { start, end: at };
    });
  });
  fc.assert(
    fc.property(spans, fc.nat(120), fc.nat(60), (found, start, length) => {
      const part = { start, end: start + length };
      expect(within(found, part)).toEqual(found.filter((each) => each.start >= part.start && each.end <= part.end));
    }),
  );
});

test("a title's frames are found once for all who share its text, and anew for another title", () => {
  const told = { text: TEXT, textHash: "told", title: "Court blocks the statute" };
  const frames = titleFrames(told);
  expect(frames.map(({ act }) => act)).toEqual(["ban"]);
  expect(titleFrames({ ...told })).toBe(frames);
  expect(titleFrames({ ...told, title: "Senate passes the statute" }).map(({ act }) => act)).toEqual(["vote"]);
});
