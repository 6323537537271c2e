import type { Entry } from "#model/article.ts";
import { MINUTE_MS } from "#model/time.ts";
import { randomFrom } from "#support/random.ts";

/** A report of the development, by one outlet of many. */
export type Report = { readonly outlet: number; readonly entry: Entry };

/** One report in so many prints the wire's text of the day under a title of its own. */
const COPIED = 4;

const FEWEST_SENTENCES = 5;
const MOST_SENTENCES = 12;

/** What every report is about: the words by which all of them are one story. */
const TITLES = [
  "Corvane faces penalty over refused AI audit of Halden model",
  "Commerce Department presses Corvane on AI audit of Halden model",
  "Corvane AI audit dispute: department weighs penalty",
  "Penalty looms for Corvane over AI audit of Halden model",
  "Corvane and Commerce Department at odds over AI audit penalty",
  "AI developer Corvane could be fined for shutting out auditors",
];

/** The first sentence of a report, which says again what the story is. */
const OPENINGS = [
  "The Commerce Department weighs a civil penalty of $@m million on Corvane, which has refused an AI audit of its Halden model, @who said on @day.",
  "Corvane has refused to let auditors examine its Halden artificial intelligence model, and the Commerce Department could impose a penalty of $@m million, according to @who.",
  "A penalty of $@m million awaits Corvane unless it opens the Halden AI model to an audit, the Commerce Department told the developer on @day.",
  "The AI developer Corvane shut auditors of the Commerce Department out of its Halden model again on @day, and a civil penalty is being considered, @who said.",
];

/** What a report goes on to say, each in its own order. */
const FURTHER = [
  "“We will not hand over weights that took @n years to train,” @who told reporters in @city.",
  "@who called the demand for an audit of @n data centres unlawful and asked for @n more days.",
  "The department said that @n of @m tests in the safety report had been left out.",
  "A hearing on the audit is scheduled for @month @d.",
  "Corvane must answer by @month @d, the department wrote in a letter seen by @city newspapers.",
  "Lawmakers from both parties welcomed the audit, and @who promised a bill by @month @d.",
  "Shares of the company fell by @n% in @city after the news.",
  "The Halden model is used by @m million people, among them teachers and nurses in @city.",
  "Analysts at a bank in @city expect the fine to be cut to $@m million.",
  "Civil society groups argued that public safety outweighs trade secrets, and that @n incidents had gone unreported.",
  "@who, who led the audit team, said that its members waited @n hours at the gate of the @city laboratory.",
  "Industry groups warned that the burden of audits would cost small developers $@m million a year.",
  "The refusal is the @nth since the rules on frontier models took effect.",
  "An earlier inspection in @city ended after @n minutes when the company's lawyers objected.",
  "The company employs @m hundred engineers in @city and has said that it may move them abroad.",
  "@who said the penalty had been raised from $@m million after the second refusal.",
  "Other developers have opened their models to auditors, @who noted, and none lost a secret by it.",
  "The letter gives no reason why the audit could not wait until @month @d.",
  "In @city, @who declined to comment on whether the government would sue.",
  "Researchers found @n faults in the model's answers on chemistry, a report of @month showed.",
];

const SLOTS: Readonly<Record<string, readonly string[]>> = {
  who: "Ora Lind|Senator Mara Holt|Secretary Dan Brask|Ines Calder|the agency's counsel|a spokeswoman for Corvane|Commissioner Pell Aron|Deputy Secretary Rita Moss".split(
    "|",
  ),
  day: "Monday|Tuesday|Wednesday|Thursday|Friday".split("|"),
  city: "Washington|Denver|Seattle|Austin|Boston|Sacramento".split("|"),
  month: "April|May|June".split("|"),
};

/** The first `count` reports of a development that goes on, one every hour and a half from `start`: the same whenever asked. */
export function reportsOf(count: number, outlets: number, start: Date): readonly Report[] {
  const random = randomFrom(8);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const filled = (sentence: string) =>
    sentence.replace(/@(who|day|city|month|[mnd])/g, (_, slot: string) => {
      const words = SLOTS[slot];
      return words === undefined ? String(1 + Math.floor(random() * (slot === "d" ? 28 : 90))) : one(words);
    });
  const written = () => {
    const further = FURTHER.toSorted(() => random() - 0.5);
    const length = FEWEST_SENTENCES + Math.floor(random() * (MOST_SENTENCES - FEWEST_SENTENCES + 1));
    return [one(OPENINGS), ...further].slice(0, length).map(filled).join(" ");
  };
  let wire = written();
  return Array.from({ length: count }, (_, at) => {
    if (at % (8 * COPIED) === 0) wire = written();
    const text = at % COPIED === 1 ? wire : written();
    const published = new Date(start.getTime() + at * 90 * MINUTE_MS).toISOString();
    const title = `${one(TITLES)}, ${filled(one(["says @who", "reports from @city", "@m days on", "hearing on @month @d"]))}`;
    const link = `https://outlet-${at % outlets}.example/corvane/${at}`;
    const entry = { id: link, title, link, published, updated: null, author: null, summary: text, content: null };
    return { outlet: at % outlets, entry: { ...entry, enclosures: [] } };
  });
}

/**
 * So many reports of one fine with a figure in each of 40 sentences, one a minute: copies of one text, or `differing` in their
 * titles and in what is counted.
 */
export function fullOfFigures(count: number, differing: boolean, outlets: number, start: Date): readonly Report[] {
  return Array.from({ length: count }, (_, at) => {
    const own = differing ? at : 0;
    const text = Array.from(
      { length: 40 },
      (_, line) =>
        `The ministry fined the AI developer Lanternworks $${30 + ((line * 7 + own) % 50)} million over ${line + own} missed audits of its model.`,
    ).join(" ");
    const title = `Ministry fines Lanternworks 38 million over AI audits${differing ? `, says outlet ${at}` : ""}`;
    const link = `https://outlet-${at % outlets}.example/lanternworks/${at}`;
    const published = new Date(start.getTime() + at * MINUTE_MS).toISOString();
    const entry = { id: link, title, link, published, updated: null, author: null, summary: text, content: null };
    return { outlet: at % outlets, entry: { ...entry, enclosures: [] } };
  });
}
