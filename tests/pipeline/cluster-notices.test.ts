import { expect, test } from "vitest";
import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import { article, hours } from "#support/samples.ts";

const COMPANIES = ["Corvane", "Bellwick", "Tessaro", "Quillon", "Marbeck", "Ostrava"];
const TAGGING = { relevant: true, support: 1, hold: null, tags: [] };

const notice = (company: string, id: number) =>
  article({
    id,
    title: `Commission fines ${company} over AI hiring tool`,
    text: `The Commission on Monday fined ${company} over an AI hiring tool that screened applicants without notice. ${company} said it would appeal the order.`,
    publishedAt: hours(24 * id),
    firstSeenAt: hours(24 * id),
  });

const report = (company: string, id: number, day: number) =>
  article({
    id,
    feedId: "courier",
    title: `${company} hit with penalty for secret screening of applicants`,
    text: `The Commission fined ${company} because its AI hiring tool turned applicants away without notice. The company will appeal.`,
    publishedAt: hours(24 * day + 5),
    firstSeenAt: hours(24 * day + 5),
  });

test("notices in the same words about other companies are other stories, and the press joins the right one", () => {
  const index = createStoryIndex();
  const storyOf = new Map<string, number>();
  for (const [at, company] of COMPANIES.entries()) {
    const office = notice(company, 2 * at + 1);
    expect(index.place(office, TAGGING).storyId, company).toBeNull();
    index.add(office, TAGGING, at + 1, at + 1);
    storyOf.set(company, at + 1);
  }
  const press = report("Ostrava", 99, 11);
  expect(index.place(press, TAGGING).storyId).toBe(storyOf.get("Ostrava"));
});

test("a feed that puts the same words under every title does not become one story", () => {
  const index = createStoryIndex();
  const titles = ["Senate panel advances audit bill", "Court blocks chatbot statute", "Ministry funds public compute"];
  for (const [at, title] of titles.entries()) {
    const text =
      "Policy news from the capital, every weekday before eight. Read the whole report on our site and write to us there.";
    const entry = article({ id: at + 1, title, text, publishedAt: hours(at), firstSeenAt: hours(at) });
    expect(index.place(entry, TAGGING).storyId, title).toBeNull();
    index.add(entry, TAGGING, at + 1, at + 1);
  }
});
