import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { draftOf } from "#destinations/draft/draft-of.ts";
import type { Content } from "#destinations/message.ts";
import { slackMessage } from "#destinations/slack/message.ts";
import { teamsMessage } from "#destinations/teams/message.ts";
import type { Card } from "#model/delivery.ts";
import { CONTENTS } from "#support/receivers/contents.ts";
import { anyCard, foreignText, tainted } from "#support/receivers/foreign.ts";
import { seenInSlack, slackProblems } from "#support/receivers/slack.ts";
import { seenInTeams, teamsProblems } from "#support/receivers/teams.ts";
import { card } from "#support/samples.ts";
import { dateText } from "#text/calendar.ts";

const KEY = "k".repeat(43);

const ROOMS = [
  {
    name: "Slack",
    render: (content: Content) => JSON.stringify(slackMessage(draftOf({ content, mayRepeat: false }), KEY)),
    problems: slackProblems,
    seen: seenInSlack,
  },
  {
    name: "Teams",
    render: (content: Content) => JSON.stringify(teamsMessage(draftOf({ content, mayRepeat: false }), KEY)),
    problems: teamsProblems,
    seen: seenInTeams,
  },
] as const;

const storyOf = (shown: Card): Content => ({ kind: "story", card: shown, earlier: null, saga: null });

describe.each(ROOMS)("$name", ({ render, problems, seen }) => {
  it.each(Object.values(CONTENTS))("takes a $kind", (content) => {
    const body = render(content);
    expect(problems(body)).toEqual([]);
    expect(body).toContain(KEY);
  });

  it("shows a story with all that its card says, each sentence with its source", () => {
    const { words, links } = seen(render(storyOf(card())));
    const { title, sentences, sources, places, points } = card();
    for (const part of [
      title,
      ...sentences.map(({ text }) => text),
      ...sources.map(({ name }) => name),
      ...places,
      ...points,
    ])
      expect(words).toContain(part);
    expect(links).toEqual(expect.arrayContaining(sources.map(({ url }) => url)));
    expect(words).toContain("[1]");
    expect(words).toContain("Story 7 · revision 1");
  });

  it("shows foreign text to the letter, whatever stands in it, and links nothing but web addresses", () => {
    const hostile = "<!channel> *now* [bank](https://evil.example) :bomb: {{x}} & <@U1>";
    const { words, live } = seen(render(storyOf(card({ title: hostile, sentences: [{ text: hostile, source: 1 }] }))));
    expect(live).toEqual([]);
    expect(words.split(hostile)).toHaveLength(3);
  });

  it("cites a document by its page, and opens it there", () => {
    const pages = { from: 3, to: 3, url: "https://gazette.example/1.pdf#page=3" };
    const sentences = [{ text: "The fine is set.", source: 1, pages }];
    const { words, links } = seen(render(storyOf(card({ sentences }))));
    expect(words).toContain("[1, p. 3]");
    expect(links).toContain(pages.url);
  });

  it("holds any story and digest within its limits, and nothing in it acts", () => {
    fc.assert(
      fc.property(anyCard, fc.integer({ min: 0, max: 60 }), (any, times) => {
        const digest = {
          subscriptionId: 1,
          mode: "daily" as const,
          cards: Array.from({ length: times }, () => any),
          folded: 2,
        };
        for (const content of [storyOf(any), { kind: "digest" as const, digest }]) {
          const body = render(content);
          expect(problems(body)).toEqual([]);
          const { live, links } = seen(body);
          expect(live).toEqual([]);
          expect(links.filter((link) => !/^https?:\/\//.test(link))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("holds whatever is told within its limits, and nothing in it acts", () => {
    fc.assert(
      fc.property(foreignText, fc.constantFrom(...Object.values(CONTENTS)), (text, content) => {
        const body = render(tainted(content, text));
        expect(problems(body)).toEqual([]);
        expect(seen(body).live).toEqual([]);
      }),
    );
  });

  it("tells of a memo who said what on which side", () => {
    const { memo } = CONTENTS.memo.memo;
    const source = { outlet: "Gazette", url: "https://gazette.example/2", day: memo.until };
    const voice = { speaker: "A. Moss", office: "Minister", isVerbatim: true, words: "We *will* act.", source };
    const sides = [
      { side: "For audits", voices: [voice] },
      { side: "Against audits", voices: [] },
    ];
    const points = memo.points.map((point) => ({ ...point, sides }));
    const { words } = seen(render({ ...CONTENTS.memo, memo: { ...CONTENTS.memo.memo, memo: { ...memo, points } } }));
    expect(words).toContain("A. Moss, Minister: “We *will* act.”");
    expect(words).toMatch(/Against audits\s+·\s+nobody was quoted/);
  });

  it("says how many developments of a digest it has no room for", () => {
    const cards = Array.from({ length: 300 }, (_, at) =>
      card({ storyId: at + 1, title: `Council adopts fine number ${at + 1}` }),
    );
    const body = render({ kind: "digest", digest: { subscriptionId: 1, mode: "weekly", cards, folded: 0 } });
    expect(problems(body)).toEqual([]);
    const { words } = seen(body);
    const shown = cards.filter(({ title }) => words.includes(`${title} `) || words.includes(`${title}·`)).length;
    expect(words).toContain("Weekly digest · 300 developments");
    expect(words).toContain(`and ${300 - shown} more developments, for which there is no room here`);
    // The most important come first.
    expect(words).toContain("fine number 1 ");
  });

  it("says that it may have been there before", () => {
    const content = storyOf(card());
    const again = draftOf({ content, mayRepeat: true });
    expect(JSON.stringify(again.blocks)).toContain("may stand here twice");
  });
});

test("Slack's notification is words alone, with the stage before the headline", () => {
  const { text } = slackMessage(
    draftOf({ content: storyOf(card({ title: "A <!channel> & B" })), mayRepeat: false }),
    KEY,
  );
  expect(text).toBe("Threatened: A &lt;!channel&gt; &amp; B");
});

test("Slack shows a moment by its reader's own clock, and where it cannot, in words", () => {
  const body = JSON.stringify(slackMessage(draftOf({ content: storyOf(card()), mayRepeat: false }), KEY));
  const { at } = card();
  expect(body).toContain(`"timestamp":${at.getTime() / 1_000}`);
  expect(body).toContain(`"fallback":"${dateText(at)}"`);
});

test("a card's sources are buttons in Teams, as many as it shows", () => {
  const sources = Array.from({ length: 9 }, (_, at) => ({
    name: `Outlet ${at}`,
    url: `https://o${at}.example/`,
    primary: false,
  }));
  const { attachments } = teamsMessage(draftOf({ content: storyOf(card({ sources })), mayRepeat: false }), KEY);
  expect(attachments[0].content.actions?.map(({ title }) => title)).toEqual(
    [1, 2, 3, 4, 5].map((n) => `[${n}] Outlet ${n - 1}`),
  );
});
