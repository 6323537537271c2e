import { describe, expect, test } from "vitest";
import type { Tag } from "#model/tag.ts";
import { DAY_MS } from "#model/time.ts";
import {
  createStoryIndex,
  indexedSince,
  type Placeable,
  type Placement,
  WINDOW_DAYS,
} from "#pipeline/cluster/cluster.ts";

const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };
const START = Date.UTC(2026, 2, 2, 9);

function article(id: number, title: string, text: string, days = 0): Placeable {
  const at = new Date(START + days * DAY_MS);
  return { id, feedId: `feed-${id}`, title, text, publishedAt: at, firstSeenAt: at };
}

const injunction = article(
  1,
  "Judge halts Oregon audit rule for chatbots",
  "A federal judge in Portland on Monday blocked Oregon's audit rule for chatbots, siding with a trade group.",
);
const paraphrase = article(
  2,
  "Oregon chatbot audits blocked by federal court",
  "The audit rule that Oregon wrote for chatbots may not take effect, a federal judge in Portland ruled on Monday.",
);
const unrelated = article(
  3,
  "Harbour ferry timetable changes for spring",
  "Boats will leave every twenty minutes from April, the harbour authority announced.",
);

function filled(...articles: readonly (readonly [Placeable, number])[]) {
  const index = createStoryIndex();
  for (const [each, story] of articles) index.add(each, UNTAGGED, story, story);
  return index;
}

const placeTag = (id: string): Tag => ({ axis: "place", id, strength: "strong", primary: true, evidence: [] });

/** A placement with its reason, which is told only until the index is asked again. */
const told = ({ because, ...placement }: Placement) => ({ ...placement, because: because?.() });

describe("placing an article", () => {
  test("the first article opens a story and a saga", () => {
    expect(createStoryIndex().place(injunction, UNTAGGED)).toEqual({ storyId: null, sagaId: null, because: null });
  });

  test("a paraphrase joins the story it tells, and says why", () => {
    const index = filled([unrelated, 7], [injunction, 8]);
    const placement = index.place(paraphrase, UNTAGGED);
    expect(placement.storyId).toBe(8);
    expect(placement.because?.().articleId).toBe(1);
    expect(placement.because?.().shared).toContain("oregon");
  });

  test("what every article of the topic says makes no story of two", () => {
    const outlook = article(1, "Five chatbot fights to watch in 2026", "Chatbots were contested through 2025.");
    const clinics = article(2, "Clinics meet the chatbots of 2026", "In 2025 chatbots entered the surgeries.");
    const place = (words?: ReadonlyMap<string, number>) => {
      const index = createStoryIndex({ stages: [], actors: [], places: [], ...(words && { words }) });
      index.add(outlook, UNTAGGED, 1, 1);
      return index.place(clinics, UNTAGGED).storyId;
    };
    expect(place()).toBe(1);
    expect(place(new Map([["chatbot", 0.6]]))).toBeNull();
  });

  test("a text without a title is placed by its opening", () => {
    const index = filled([unrelated, 7], [injunction, 8]);
    expect(index.place({ ...paraphrase, title: "" }, UNTAGGED).storyId).toBe(8);
    expect(index.place({ ...unrelated, id: 9, title: " ", text: injunction.text }, UNTAGGED).storyId).toBe(8);
  });

  test("where an authority of another place takes a matter up, that is a development of its saga", () => {
    const tagged = (...tags: readonly Tag[]) => ({ ...UNTAGGED, tags });
    const actor: Tag = { axis: "actor", id: "vireo", strength: "strong", primary: true, evidence: [] };
    const text =
      "Vireo said on Monday that lapses in the safeguards of its chatbot Lumen had led to lewd images of children.";
    const lapse = article(1, "Vireo chatbot Lumen made lewd images after lapses in safeguards", text);
    const inquiry = article(
      2,
      "Norland opens inquiry into Vireo",
      "Ministers asked prosecutors whether the chatbot Lumen broke the law. A spokesman gave no date.",
    );
    const index = createStoryIndex();
    index.add(lapse, tagged(actor), 5, 50);
    expect(index.place(inquiry, tagged(actor))).toMatchObject({ storyId: 5, sagaId: 50 });
    const inTitle = {
      field: "title",
      start: 0,
      end: 7,
      phrase: "Norland",
      sentence: { start: 0, end: 7 },
      rule: "Norland",
      reading: "stated",
    } as const;
    const elsewhere = tagged(actor, { ...placeTag("NO"), evidence: [inTitle] });
    expect(index.place(inquiry, elsewhere)).toMatchObject({ storyId: null, sagaId: 50 });
  });

  test("a report that was copied more often than copies are looked at is joined all the same", () => {
    const copies = Array.from({ length: 1_200 }, (_, at) => article(at + 1, injunction.title, injunction.text));
    const index = filled(...copies.map((copy) => [copy, 8] as const));
    expect(index.place(article(2_000, injunction.title, injunction.text), UNTAGGED).storyId).toBe(8);
    expect(index.place(unrelated, UNTAGGED).storyId).toBeNull();
  });

  test("an unrelated article opens its own", () => {
    expect(filled([injunction, 8]).place(unrelated, UNTAGGED).storyId).toBeNull();
  });

  test("placing changes nothing", () => {
    const index = filled([unrelated, 7], [injunction, 8]);
    expect(told(index.place(paraphrase, UNTAGGED))).toEqual(told(index.place(paraphrase, UNTAGGED)));
  });

  test("an article filed again under another story takes newcomers there", () => {
    const index = filled([unrelated, 7], [injunction, 8], [injunction, 9]);
    expect(index.size()).toBe(2);
    expect(index.place(paraphrase, UNTAGGED).storyId).toBe(9);
  });
});

describe("the window", () => {
  test("leaves days behind by the clock, as a worker that starts anew reads them", () => {
    const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, 1 + day, hour));
    const index = filled([{ ...injunction, publishedAt: at(0, 2), firstSeenAt: at(0, 2) }, 8]);
    index.advance(at(WINDOW_DAYS - 1, 23));
    expect([index.size(), indexedSince(at(WINDOW_DAYS - 1, 23))]).toEqual([1, at(0, 0)]);
    index.advance(at(WINDOW_DAYS, 0));
    expect([index.size(), indexedSince(at(WINDOW_DAYS, 9))]).toEqual([0, at(1, 0)]);
  });

  test("articles older than the window are forgotten", () => {
    const index = filled([injunction, 1], [article(9, "Later news", "Something else.", WINDOW_DAYS), 2]);
    expect(index.size()).toBe(1);
  });

  test("replaying the window alone rebuilds the same decisions", () => {
    const old = article(
      1,
      "Oregon audit rule for chatbots drafted",
      "Officials in Oregon drafted an audit rule for chatbots.",
      -WINDOW_DAYS,
    );
    const recent = [
      [{ ...unrelated, id: 3 }, 7],
      [{ ...injunction, id: 4 }, 8],
    ] as const;
    const lived = filled([old, 1], ...recent);
    const restarted = filled(...recent);
    expect(told(restarted.place({ ...paraphrase, id: 5 }, UNTAGGED))).toEqual(
      told(lived.place({ ...paraphrase, id: 5 }, UNTAGGED)),
    );
  });
});
