import type { z } from "zod";
import type { Card } from "#model/delivery.ts";
import type { MemoChange, MemoDay, MemoPoint, MemoSource } from "#model/memo.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import type { Content, Message } from "../message.ts";
import {
  type memoChange,
  type memoData,
  type memoDay,
  type Payload,
  type shownDay,
  type storyData,
  VERSION,
} from "./schema.ts";

/** What a webhook is sent of a message. */
export function payloadOf({ at, destination, content }: Message): Payload {
  return { version: VERSION, timestamp: at.toISOString(), destination, ...saidBy(content) };
}

type Said = Payload extends infer One ? (One extends Payload ? Pick<One, "type" | "data"> : never) : never;

function saidBy(content: Content): Said {
  switch (content.kind) {
    case "story":
      return {
        type: "story.posted",
        data: { ...storyOf(content.card), earlier: content.earlier, inDispute: content.saga },
      };
    case "growth":
      return { type: "story.updated", data: { ...storyOf(content.card), updates: content.messageId } };
    case "digest": {
      const { subscriptionId, mode, cards, folded } = content.digest;
      return { type: "digest", data: { subscription: subscriptionId, mode, stories: cards.map(storyOf), folded } };
    }
    case "memo":
      return { type: "memo", data: memoOf(content) };
    case "overflow":
      return { type: "overflow", data: { stories: content.stories } };
    case "reminders":
      return { type: "reminders", data: { days: content.days.map(dayOf) } };
    case "quiet-day": {
      const { subscriptionId, at, read, feeds } = content.quiet;
      return { type: "quiet-day", data: { subscription: subscriptionId, at: at.toISOString(), read, feeds } };
    }
    case "silences": {
      const { subscriptionId, at, points } = content.silences;
      const silent = points.map((point) => ({ ...point, since: point.since.toISOString() }));
      return { type: "silences", data: { subscription: subscriptionId, at: at.toISOString(), points: silent } };
    }
    case "test":
      return { type: "test", data: { text: "A test of this destination: nothing moved." } };
  }
}

function storyOf(card: Card): z.infer<typeof storyData> {
  const { storyId, saga, conflicts, at, hasDays: _, ...rest } = card;
  return {
    ...rest,
    story: storyId,
    dispute: saga,
    places: [...card.places],
    points: [...card.points],
    sentences: [...card.sentences],
    conflicts: conflicts.map(({ figures }) => figures.map((figure) => ({ ...figure, at: figure.at.toISOString() }))),
    sources: [...card.sources],
    at: at.toISOString(),
  };
}

function memoOf({ memo: { memo, subscriptionId }, of }: Extract<Content, { kind: "memo" }>): z.infer<typeof memoData> {
  return {
    subscription: subscriptionId,
    of,
    period: memo.period,
    from: memo.from.toISOString(),
    until: memo.until.toISOString(),
    points: memo.points.map(pointOf),
    markdown: memoMarkdown(memo, of),
  };
}

const pointOf = ({ id, name, changes, comments, days }: MemoPoint) => ({
  id,
  name,
  changes: changes.shown.map(changeOf),
  comments: comments.shown.map(changeOf),
  days: days.shown.map(memoDayOf),
});

const changeOf = (change: MemoChange): z.infer<typeof memoChange> => ({
  story: change.storyId,
  line: change.line,
  sentence: change.sentence,
  stage: change.stage,
  certainty: change.certainty,
  places: [...change.places],
  moved: change.moved,
  url: change.url,
  outlet: change.source.outlet,
  ...pagesOf(change.source),
});

const memoDayOf = ({ day: on, what, quote, storyId, source }: MemoDay): z.infer<typeof memoDay> => ({
  day: on.toISOString().slice(0, 10),
  what,
  quote,
  story: storyId,
  outlet: source.outlet,
  url: source.url,
  ...pagesOf(source),
});

const pagesOf = ({ pages, url }: MemoSource) => (pages === undefined ? {} : { pages: { ...pages, url } });

const dayOf = ({
  day: on,
  occasion,
  quote,
  source,
  url,
  at,
  storyId,
  title,
}: Extract<Content, { kind: "reminders" }>["days"][number]): z.infer<typeof shownDay> => ({
  day: on,
  occasion,
  quote,
  source,
  url,
  at: at.toISOString(),
  story: storyId,
  title,
});
