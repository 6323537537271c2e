import { deadlines } from "./deadlines.ts";
import { feeds } from "./feeds.ts";
import { latest } from "./latest.ts";
import { matter, matters } from "./matters.ts";
import { memo } from "./memo.ts";
import { places, points } from "./points.ts";
import { quotes } from "./quotes.ts";
import { search } from "./search.ts";
import { story } from "./story.ts";
import { trend } from "./trend.ts";

/** All that can be asked. */
export const QUESTIONS = {
  latest,
  search,
  story,
  deadlines,
  quotes,
  points,
  places,
  matters,
  matter,
  feeds,
  trend,
  memo,
} as const;
