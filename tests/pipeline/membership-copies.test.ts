import fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "#pipeline/tell/member.ts";
import { joinedBy, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { article, hours } from "#support/samples.ts";
import { textSketch } from "#text/reading.ts";
import { isCopy } from "#text/shingles.ts";

const sentence = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word}${at}`).join(" ");

/** A text, one that is much like it and like the next, that one, another, and one too short to be called a copy. */
const TEXTS = [
  sentence("a", 60),
  `${sentence("a", 45)} ${sentence("b", 15)}`,
  `${sentence("a", 30)} ${sentence("b", 30)}`,
  sentence("c", 60),
  "Too short.",
];

type Drawn = { readonly text: number; readonly at: number; readonly held: boolean; readonly primary: boolean };

const memberOf = ({ text, at, held, primary }: Drawn, index: number): Member => ({
  article: { ...article({ text: TEXTS[text]!, publishedAt: hours(-at) }), id: index + 1 },
  tagging: { relevant: true, support: 1, hold: held ? "fiction" : null, tags: [] },
  primary,
});

const dateOf = ({ article: { publishedAt, id } }: Member) => publishedAt!.getTime() + id / 1_000;

/** By its definition: each with each. */
function pairwise(members: readonly Member[]) {
  const [copies, reprints] = [new Set<number>(), new Set<number>()];
  for (const a of members)
    for (const b of members) {
      if (a === b || !isCopy(textSketch(a.article), textSketch(b.article))) continue;
      reprints.add(Math.max(a.article.id, b.article.id));
      if ((a.tagging.hold === null) === (b.tagging.hold === null))
        copies.add((dateOf(a) > dateOf(b) ? a : b).article.id);
    }
  return { copies, reprints };
}

const drawn = fc.array(
  fc.record({ text: fc.nat(TEXTS.length - 1), at: fc.nat(5), held: fc.boolean(), primary: fc.boolean() }),
  { maxLength: 14 },
);

test("copies and reprints are as if each member were compared with each, in whatever order they join", () => {
  fc.assert(
    fc.property(drawn, fc.infiniteStream(fc.nat()), (members, turns) => {
      const all = members.map(memberOf);
      const { copies, reprints } = pairwise(all);
      const shuffled = all
        .map((each) => ({ each, turn: turns.next().value as number }))
        .sort((a, b) => a.turn - b.turn);
      const grown = shuffled.reduce((story, { each }) => joinedBy(story, [each]), NO_MEMBERS);
      for (const story of [membershipOf(all), grown]) {
        expect(story.copies).toEqual(copies);
        expect(story.reprints).toEqual(reprints);
        expect(story.members).toEqual(all);
      }
    }),
  );
});

test("thousands that print one text are one text to compare with", () => {
  const copies = Array.from({ length: 3_000 }, (_, at) =>
    memberOf({ text: 0, at: at % 5, held: at % 7 === 0, primary: false }, at),
  );
  expect(membershipOf(copies).texts.size).toBe(1);
});
