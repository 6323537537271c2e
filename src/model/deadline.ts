import type { CitedPages } from "./citation.ts";
import type { Span } from "./tag.ts";

/** What a day to come is for. */
export const OCCASIONS = [
  "comments",
  "hearing",
  "vote",
  "decision",
  "effect",
  "compliance",
  "report",
  "sunset",
] as const;

export type Occasion = (typeof OCCASIONS)[number];

/** What a source does to a day: it names it, says that it takes the place of another, or that it is off. */
export const CHANGES = ["set", "moved", "cancelled"] as const;

export type Change = (typeof CHANGES)[number];

/** How many days before a deadline those who follow are reminded of it. */
export const LEADS = [7, 1] as const;

export type Lead = (typeof LEADS)[number];

/** A deadline as it is kept: what its article, of which story, said of it. */
export type DeadlineClaim = {
  readonly occasion: Occasion;
  readonly day: string;
  readonly change: Change;
  readonly from: string | null;
  readonly tentative: boolean;
  /** The sentence that sets it, to the letter, and that of the day that it is counted from. */
  readonly quote: string;
  readonly base: string | null;
  readonly articleId: number;
  readonly feedId: string;
  readonly url: string;
  /** Where the article is a document with pages, those on which the sentence stands. */
  readonly pages?: CitedPages;
  readonly at: Date;
  readonly storyId: number;
  readonly sagaId: number;
};

/** A day to come that stands in an article. All spans count in the article's text. */
export type Deadline = {
  readonly occasion: Occasion;
  /** ISO 8601 without a time. */
  readonly day: string;
  readonly change: Change;
  /** The day whose place it takes, where the sentence says which. */
  readonly from: string | null;
  /** The sentence says that it would be so, not that it is. */
  readonly tentative: boolean;
  readonly sentence: Span;
  /** The words that name the day. */
  readonly date: Span;
  /** Of a day that is counted ("60 days after publication") the sentence with the day that it is counted from. */
  readonly base: Span | null;
};

/** A day as readers see it: names are resolved, nothing is looked up any more. */
export type ShownDay = {
  readonly day: string;
  /** What is on it, and what is uncertain of that: `Hearing · moved from 17 Mar 2026`. */
  readonly occasion: string;
  /** The sentence that sets it, after the one with the day that it is counted from. */
  readonly quote: string;
  /** Who says so, where and when. */
  readonly source: string;
  readonly url: string;
  readonly at: Date;
  /** Articles beside that one. */
  readonly more: number;
  readonly storyId: number;
  readonly title: string;
};
