import { parseArgs } from "node:util";
import { extract } from "#pipeline/extract/extract.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { randomFrom } from "#support/random.ts";

const HELP = "npm run bench -- summarize [--rounds 300]";
const WORDS = 600;
const ARTICLES = 3;

/** What a story and a page may cost: a morning's 500 stories in a second, and a page no more than its fetch. */
const STORY_MS = 2;
const PAGE_MS = 30;

/** The time to summarise a story of three articles of 600 words, both sides and figures included, and to read a page. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: "string", default: "300" }, help: { type: "boolean" } },
  });
  if (values.help === true) return void process.stdout.write(`${HELP}\n`);
  const rounds = Number(values.rounds);
  // A new story each round: nothing is remembered but the stems of common words.
  const stories = Array.from({ length: rounds }, (_, seed) => storyOf(seed + 1));
  const pages = stories.map((story) => pageOf(story[0]!.text));
  report("a story of three articles of 600 words", STORY_MS, stories, (story) =>
    summarize(story, { maxSentences: 3, points: POINTS }),
  );
  report("a page of one such article", PAGE_MS, pages, (page) => extract(page, "https://example.org/a"));
}

function report<T>(name: string, allowed: number, items: readonly T[], run: (item: T) => unknown): void {
  for (const item of items.slice(0, items.length / 5)) run(item);
  const times = items.map((item) => {
    const started = performance.now();
    run(item);
    return performance.now() - started;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(2);
  process.stdout.write(`${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms (allowed: ${allowed} ms)\n`);
}

const POINTS = [
  {
    id: "audits",
    sides: [
      { name: "Oversight", argues: "Independent audits; pledges cannot be verified.", cues: ["independent audit*"] },
      { name: "Developers", argues: "Bounded reviews that protect trade secrets.", cues: ["trade secret*"] },
    ],
  },
];

const WHO =
  "The regulator,Northlake Labs,The Commerce Department,A court in Harrow,The Open Ledger Trust,The senate committee".split(
    ",",
  );
const DID = "ordered,criticised,reviewed,postponed,published,rejected,considered,defended,questioned,approved".split(
  ",",
);
const WHAT =
  "the audit rule,a report on incidents,new thresholds for large models,the fine of $3.2 million,the plan for a monitor,independent audits of labs,the protection of trade secrets".split(
    ",",
  );
const WHEN =
  "on Monday,after talks that lasted a week,in a letter of 12 pages,according to people familiar with the matter,before the vote in May,for the second time this year".split(
    ",",
  );
const ASIDES =
  "a step that few had expected;which had asked for 30 more days;as officials had said in March;though two members did not agree".split(
    ";",
  );

/** Prose with the shape of news: sentences of some twenty words, three or four to a paragraph. */
function storyOf(seed: number) {
  const random = randomFrom(seed);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const name = () =>
    `${pick(["ka", "lo", "mi", "ve", "ru", "ta"])}${pick(["dor", "lin", "mar", "sen", "vik"])}${pick(["a", "e", "io", "um"])}`;
  const sentence = () =>
    `${pick(WHO)} ${pick(DID)} ${pick(WHAT)} ${pick(WHEN)}, ${pick(ASIDES)}, and told ${name()} and ${name()} of it.`;
  return Array.from({ length: ARTICLES }, (_, id) => {
    const paragraphs: string[] = [];
    for (let words = 0; words < WORDS; ) {
      const paragraph = [sentence(), sentence(), sentence()]
        .join(" ")
        .split(" ")
        .slice(0, WORDS - words);
      paragraphs.push(paragraph.join(" "));
      words += paragraph.length;
    }
    return { id, title: sentence(), text: paragraphs.join("\n\n"), primary: id === 1 };
  });
}

function pageOf(text: string): string {
  const link = '<li class="menu-item"><a href="/section">Section</a></li>';
  const paragraphs = text.split("\n\n").map((paragraph) => `<p>${paragraph}</p>`);
  const article = `<article><h1>A title</h1><time datetime="2026-03-02">2 March</time>${paragraphs.join("")}</article>`;
  return `<!doctype html><html><head><title>A title</title></head><body><nav><ul>${link.repeat(150)}</ul></nav>${article}<aside>${link.repeat(150)}</aside></body></html>`;
}
