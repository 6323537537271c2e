import type { Content } from "#destinations/message.ts";
import type { ShownDay } from "#model/deadline.ts";
import type { Memo, MemoChange } from "#model/memo.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { card, hours, NOW } from "#support/samples.ts";

const SOURCE = { outlet: "Gazette", url: "https://gazette.example/1", day: NOW };

/** Words of a document with pages. */
const PAGES = { from: 3, to: 4, url: "https://gazette.example/1.pdf#page=3" };

const PAGED_SOURCE = { ...SOURCE, url: PAGES.url, pages: { from: 3, to: 4 } };

const CHANGE: MemoChange = {
  storyId: 7,
  stage: "Threatened",
  certainty: null,
  places: ["US"],
  moved: null,
  line: "The department is weighing a penalty.",
  url: "https://gazette.example/1",
  isSaid: false,
  sentence: "Talks over audits have stalled.",
  source: PAGED_SOURCE,
  outlets: 2,
  also: [],
};

const DAY = new Date("2026-12-15T00:00:00Z");

const MEMO: Memo = {
  period: "week",
  from: hours(-7 * 24),
  until: NOW,
  days: [hours(-7 * 24), NOW],
  points: [
    {
      id: "penalties",
      name: "Penalties",
      changes: { shown: [CHANGE], of: 1 },
      comments: { shown: [], of: 0 },
      sides: [],
      days: {
        shown: [
          { day: DAY, what: "Hearing", quote: "A hearing is set for 15 December.", source: PAGED_SOURCE, storyId: 7 },
        ],
        of: 1,
      },
      quiet: { shown: [], of: 0 },
    },
  ],
  gaps: [],
  feeds: 3,
};

const SHOWN_DAY: ShownDay = {
  day: "2026-12-15",
  occasion: "Hearing",
  quote: "A hearing is set for 15 December.",
  source: "Gazette, 24 Nov 2026",
  url: "https://gazette.example/1",
  at: NOW,
  more: 0,
  storyId: 7,
  title: "Department weighs penalty",
};

const PAGED = { source: 1, pages: PAGES };

const FIGURE = { ...PAGED, at: NOW };

/** A card of all that a card may hold. */
const WHOLE = card({
  sentences: [{ text: "The department is weighing a penalty.", ...PAGED }],
  conflicts: [
    {
      figures: [
        { text: "3 million", ...FIGURE },
        { text: "4 million", ...FIGURE },
      ],
    },
  ],
});

/** One of everything that a destination may be told. */
export const CONTENTS: { readonly [Kind in Content["kind"]]: Extract<Content, { kind: Kind }> } = {
  story: { kind: "story", card: WHOLE, earlier: null, saga: null },
  growth: { kind: "growth", card: card(), messageId: "an earlier message" },
  digest: {
    kind: "digest",
    digest: {
      subscriptionId: 4,
      mode: "daily",
      cards: [card(), card({ storyId: 8, title: "Minister & allies <weigh> audits" })],
      folded: 3,
    },
  },
  memo: { kind: "memo", memo: { memo: MEMO, subscriptionId: 4, filter: EVERYTHING }, of: "Penalties; in US" },
  overflow: { kind: "overflow", stories: 5 },
  reminders: { kind: "reminders", days: [SHOWN_DAY] },
  "quiet-day": {
    kind: "quiet-day",
    quiet: { subscriptionId: 4, destination: "webhook:1", at: NOW, read: 10, feeds: 12 },
  },
  silences: {
    kind: "silences",
    silences: {
      subscriptionId: 4,
      destination: "webhook:1",
      at: NOW,
      points: [{ name: "Penalties", since: hours(-30 * 24), days: 30, perWeek: 2.5, read: 10, feeds: 12 }],
    },
  },
  test: { kind: "test" },
};
