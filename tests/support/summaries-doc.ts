import { faultIn } from "#pipeline/summarize/hosted/gate.ts";
import { judgedBoilerplate } from "./boilerplate.ts";
import { CORRUPTED, FAITHFUL, REWORDED, SOURCES } from "./corrupted-summaries.ts";
import { type ToldStory, toldStories } from "./told-stories.ts";

const BEGIN = "<!-- rendered: npx vitest run tests/summaries-doc.test.ts -u -->";
const END = "<!-- end of rendered -->";

/** docs/summaries.md with its rendered part made anew. */
export function withRendered(doc: string): string {
  const begin = doc.indexOf(BEGIN) + BEGIN.length;
  const end = doc.indexOf(END);
  if (end < begin || begin < BEGIN.length) throw new Error("docs/summaries.md has lost its markers");
  return `${doc.slice(0, begin)}\n\n${boilerplateTable()}\n\n${gateTable()}\n\n${toldStories().map(renderStory).join("\n\n")}\n\n${doc.slice(end)}`;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function boilerplateTable(): string {
  const { boilerplate, news, precision, recall } = judgedBoilerplate();
  return [
    "### Boilerplate",
    "",
    `Of ${boilerplate} sentences of boilerplate and ${news} of news that look like them, all of our own wording (tests/fixtures/boilerplate.yaml):`,
    `precision ${percent(precision)}, recall ${percent(recall)}. The rules were written with the list in view: it keeps them from getting worse.`,
  ].join("\n");
}

function gateTable(): string {
  const judge = ({ text, on }: (typeof FAITHFUL)[number]) =>
    faultIn(
      text,
      on.map((name) => SOURCES[name]),
    );
  const rows = [...Map.groupBy(CORRUPTED, ({ kind }) => kind)].map(([kind, cases]) => {
    const caught = cases.filter((each) => judge(each) !== null).length;
    return `| ${kind} | ${cases.length} | ${caught} |`;
  });
  const kept = FAITHFUL.filter((each) => judge(each) === null).length;
  return [
    "### The gate",
    "",
    "| corrupted sentences | tried | caught |",
    "|---|---|---|",
    ...rows,
    "",
    `Of ${FAITHFUL.length} faithful sentences it lets ${kept} through; ${REWORDED.length} that are true in other words it drops, as nothing can compare them.`,
    "",
    "### Twenty stories",
    "",
    "All are made up; what real bodies are said to do here they did not do.",
  ].join("\n");
}

function renderStory({ name, language, card, sides, outlets }: ToldStory, at: number): string {
  const numberOf = (articleId: number) =>
    card.sources.findIndex((source) => source.name === outlets[articleId - 1]) + 1;
  const lines = [
    `#### ${at + 1}. ${name}${language === "en" ? "" : ` (${language})`}`,
    "",
    `**${card.title}**`,
    ...(card.headline === "" ? [] : ["", card.headline]),
    ...(card.change === null ? [] : ["", `What changed: ${card.change}`]),
    "",
    card.sentences.map(({ text, source }) => `${text} [${source}]`).join(" "),
    ...sides.flatMap(({ side, speaker, quote, articleId }) => [
      "",
      `- ${side}: ${speaker}, “${quote}” [${numberOf(articleId)}]`,
    ]),
    ...card.conflicts.map(
      ({ figures }) =>
        `\nThe sources differ: ${figures.map(({ text, source }) => `${text} [${source}]`).join(" or ")}.`,
    ),
    "",
    `Sources: ${card.sources.map((source, i) => `[${i + 1}] ${source.name}${source.primary ? " (primary)" : ""}`).join(" · ")}`,
  ];
  return lines.join("\n");
}
