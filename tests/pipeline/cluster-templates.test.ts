import { expect, test } from "vitest";
import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import { article, hours } from "#support/samples.ts";

const TAGGING = { relevant: true, support: 1, hold: null, tags: [] };

/** Names that are nobody's: fifteen beginnings with four ends each. */
const BEGINNINGS = "Corv Bellw Tess Quill Marb Ostr Pellm Hexl Dunm Vir Lantr Sombr Kestr Novarr Ilf".split(" ");
const COMPANIES = BEGINNINGS.flatMap((begin) => ["ane", "ick", "aro", "eon"].map((end) => begin + end));
const STATES = BEGINNINGS.flatMap((begin) => ["land", "mark", "moor", "shire"].map((end) => begin + end)).reverse();

/** What offices and courts of one state after the other publish in the same words, `@` the company and `#` the state. */
const TEMPLATES: readonly (readonly [title: string, text: string])[] = [
  [
    "# regulator fines @ over automated hiring tool",
    "The data regulator of # has fined @ for an automated hiring tool that screened applicants without notice. @ may appeal the decision within thirty days, the regulator said in a statement.",
  ],
  [
    "Authors sue @ in # over training data",
    "A group of authors has sued @ in a court in #, saying that it copied their books without permission to train its language model. @ did not respond to a request for comment.",
  ],
  [
    "# opens inquiry into @ chatbot",
    "The attorney general of # has opened an inquiry into the chatbot offered by @ after complaints from parents. No conclusion has been reached, and @ said that it would cooperate.",
  ],
  [
    "@ recalls delivery robots in # after collision",
    "@ is recalling its delivery robots in # after one of them ran into a cyclist. The safety authority of # ordered the company to mend the software that plans their way.",
  ],
];

const named = (words: string, company: string, state: string) => words.replaceAll("@", company).replaceAll("#", state);

test("sixty notices in four wordings, of other companies in other states, are sixty stories", () => {
  const index = createStoryIndex();
  const merged: string[] = [];
  let id = 0;
  for (const [turn, company] of COMPANIES.entries()) {
    const [title, text] = TEMPLATES[turn % TEMPLATES.length]!;
    const state = STATES[turn]!;
    id += 1;
    const notice = article({
      id,
      feedId: `office-${turn % 4}`,
      title: named(title, company, state),
      text: named(text, company, state),
      publishedAt: hours(2 * id),
      firstSeenAt: hours(2 * id),
    });
    if (index.place(notice, TAGGING).storyId !== null) merged.push(notice.title);
    index.add(notice, TAGGING, id, id);
  }
  expect(merged).toEqual([]);
});

test("twenty outlets that print one report under titles of their own tell one story", () => {
  const index = createStoryIndex();
  const text =
    "WESTMARK (Newswire) - The Senate of Westmark voted 31 to 9 on Tuesday to make developers of large models publish what they test before a release. " +
    "The bill goes to Governor Ines Varga, who has said that she will sign it. Corvane, the largest developer in the state, called the duty costly and vague.";
  const titles = (
    "Westmark senators back duty to publish tests|Model makers face new duty|Vote of 31 to 9 for openness|What labs must now reveal|" +
    "Corvane attacks bill on tests|Governor Varga to sign bill on models|State takes on model makers|Tests before release must be public, senators say|" +
    "Big day for openness in Westmark|Developers lose fight over tests|Bill on model tests passes|Senate vote worries Corvane|A law for large models|" +
    "Senators want tests published|Westmark moves first on models|New rules for labs near the finish|Openness bill heads to governor|" +
    "Lawmakers side with researchers|Labs to show their work|Corvane and others must publish"
  ).split("|");
  for (const [at, title] of titles.entries()) {
    const copy = article({
      id: at + 1,
      feedId: `outlet-${at}`,
      title,
      text,
      publishedAt: hours(at / 4),
      firstSeenAt: hours(at / 4),
    });
    expect(index.place(copy, TAGGING).storyId, title).toBe(at === 0 ? null : 1);
    index.add(copy, TAGGING, 1, 1);
  }
});
