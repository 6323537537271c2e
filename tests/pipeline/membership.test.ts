import fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "#pipeline/tell/member.ts";
import { joinedBy, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { sourcesOf } from "#pipeline/tell/sources.ts";
import { article, hours } from "#support/samples.ts";
import { textSketch } from "#text/reading.ts";
import { isCopy } from "#text/shingles.ts";

const WIRE =
  "The harbour board weighs a fine on the ferry line after two audits were missed, an official said on Monday. A vote is due in May, and the line may appeal within thirty days.";
const OWN =
  "Passengers were told little. The timetable of the line has been wrong since winter, the drivers say, and nobody at the office answers letters or telephones any more.";
const REWRITTEN = `${WIRE} Nothing else was known by noon.`;
const TEXTS = [WIRE, REWRITTEN, OWN, `${OWN} ${WIRE}`, ""];

/** Stories of a few texts, some of them copies; dates and arrivals in no common order, some held back, some primary. */
const stories = fc
  .array(
    fc.record({
      text: fc.constantFrom(...TEXTS),
      hour: fc.integer({ min: -9, max: -1 }),
      held: fc.boolean(),
      primary: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(
      ({ text, hour, held, primary }, at): Member => ({
        article: article({ id: at + 1, text, publishedAt: hours(hour) }),
        tagging: { relevant: true, support: 1, hold: held ? "satire" : null, tags: [] },
        primary,
      }),
    ),
  );

const isLike = (a: Member, b: Member) => isCopy(textSketch(a.article), textSketch(b.article));

/** What voices are, said without regard to what it costs. */
function voicesByDefinition(members: readonly Member[]): readonly Member[] {
  const shown = members.filter(({ tagging }) => tagging.hold === null);
  const byDate = (shown.length > 0 ? shown : members).toSorted(
    (a, b) => a.article.publishedAt!.getTime() - b.article.publishedAt!.getTime() || a.article.id - b.article.id,
  );
  return byDate.filter((member, at) => member.primary || !byDate.slice(0, at).some((other) => isLike(other, member)));
}

test("members that join one by one, in any order, make the story that they make at once", () => {
  const some = stories.chain((members) =>
    fc.tuple(fc.constant(members), fc.shuffledSubarray([...members], { minLength: members.length })),
  );
  fc.assert(
    fc.property(some, ([members, order]) => {
      const grown = order.reduce((story, member) => joinedBy(story, [member]), NO_MEMBERS);
      expect(grown).toEqual(membershipOf(members));
      expect(grown.voices).toEqual(voicesByDefinition(members));
      const earlier = (at: number) => members.slice(0, at);
      const reprints = members.filter((member, at) => earlier(at).some((other) => isLike(other, member)));
      expect(grown.reprints).toEqual(new Set(reprints.map((member) => member.article.id)));
    }),
  );
});

const reports = (count: number, change: (id: number) => Partial<Member> = () => ({})): readonly Member[] =>
  Array.from({ length: count }, (_, at) => ({
    article: article({ id: at + 1, text: `Report ${at}.`, publishedAt: hours(at - count) }),
    tagging: { relevant: true, support: 1, hold: null, tags: [] },
    primary: false,
    ...change(at + 1),
  }));

const idsOf = (members: readonly Member[]) => members.map((member) => member.article.id);

test("a short story is summarised from all of its articles, the leading one first", () => {
  expect(idsOf(sourcesOf(membershipOf(reports(4)), 3, []))).toEqual([3, 1, 2, 4]);
});

test("a long story is summarised from its leader, its primary sources, those that say where it stands, and the newest", () => {
  const members = reports(40, (id) => ({ primary: id === 7 }));
  const holders = members.filter((member) => [2, 9].includes(member.article.id));
  expect(idsOf(sourcesOf(membershipOf(members), 5, holders))).toEqual([5, 2, 7, 9, 33, 34, 35, 36, 37, 38, 39, 40]);
});

test("copies are no part of what a long story is summarised from", () => {
  const members = reports(30, (id) =>
    id < 3 ? {} : { article: article({ id, text: WIRE, publishedAt: hours(id - 31) }) },
  );
  expect(idsOf(sourcesOf(membershipOf(members), 1, []))).toEqual([1, 2, 3]);
});
