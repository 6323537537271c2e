import { describe, expect, it } from "vitest";
import { createRecurrence } from "#pipeline/summarize/recurring.ts";
import { article } from "#support/samples.ts";

const ABOUT = "Harbour Post has covered machines and those who govern them since 2009.";
const news = (id: number, feedId = "harbour") =>
  article({ id, feedId, title: `Report ${id}`, text: `The council fined lab number ${id} on Monday. ${ABOUT}` });

const recurringIn = (recurrence: ReturnType<typeof createRecurrence>, item: ReturnType<typeof news>) =>
  recurrence.recurringIn(item).map(({ start, end }) => item.text.slice(start, end));

describe("a sentence that a feed repeats", () => {
  it("is known once it has come with three articles", () => {
    const recurrence = createRecurrence();
    for (const id of [1, 2]) recurrence.note(news(id));
    expect(recurringIn(recurrence, news(2))).toEqual([]);
    recurrence.note(news(3));
    expect(recurringIn(recurrence, news(3))).toEqual([ABOUT]);
  });

  it("is another feed's own", () => {
    const recurrence = createRecurrence();
    for (const id of [1, 2, 3]) recurrence.note(news(id));
    expect(recurringIn(recurrence, news(4, "canal"))).toEqual([]);
  });

  it("is none that one article brings again and again", () => {
    const recurrence = createRecurrence();
    for (let times = 0; times < 9; times++) recurrence.note(news(1));
    expect(recurringIn(recurrence, news(1))).toEqual([]);
  });

  it("is forgotten when the feed has long stopped, and no sooner", () => {
    const recurrence = createRecurrence();
    for (const id of [1, 2, 3]) recurrence.note(news(id));
    for (let id = 10; id < 900; id++) recurrence.note(article({ id, feedId: "harbour", text: `Only ${id} is told.` }));
    expect(recurringIn(recurrence, news(3))).toEqual([ABOUT]);
    for (let id = 900; id < 1_100; id++)
      recurrence.note(article({ id, feedId: "harbour", text: `Only ${id} is told.` }));
    expect(recurringIn(recurrence, news(3))).toEqual([]);
  });
});
