import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SourceArticle, summarize } from "#pipeline/summarize/summarize.ts";
import { randomFrom } from "#support/random.ts";

const source = (id: number, text: string, more: Partial<SourceArticle> = {}): SourceArticle => ({
  id,
  title: "",
  text,
  primary: false,
  ...more,
});

const ORDER = [
  source(
    7,
    "BRUSSELS (Newswire) — The regulator ordered Northlake Labs to report serious incidents within 72 hours. The lab had asked for 30 days.\n\nSubscribe to our newsletter today.",
    { title: "Regulator orders lab to report incidents" },
  ),
  source(
    9,
    "The order (published on Monday morning) takes effect on 1 March. Northlake Labs can appeal within a month.",
    {
      title: "Order on incident reports",
      primary: true,
    },
  ),
];

const told = (articles: readonly SourceArticle[], maxSentences: number, more = {}) =>
  summarize(articles, { maxSentences, ...more }).sentences.map(({ text }) => text);

describe("summarize", () => {
  it("cites every sentence: its text is the kept ranges of the article's text, joined", () => {
    const byId = new Map(ORDER.map((article) => [article.id, article.text]));
    const { sentences } = summarize(ORDER, { maxSentences: 3 });
    expect(sentences).toHaveLength(3);
    for (const { text, articleId, start, end, ranges } of sentences) {
      const whole = byId.get(articleId)!;
      expect(ranges.map(([from, to]) => whole.slice(from, to)).join("")).toBe(text);
      expect(ranges[0]![0]).toBeGreaterThanOrEqual(start);
      expect(ranges.at(-1)![1]).toBeLessThanOrEqual(end);
    }
  });

  it("finds in a long document what its feed says of it", () => {
    const random = randomFrom(9);
    const one = (of: string) => of.split(" ").at(Math.floor(random() * of.split(" ").length))!;
    const found = () =>
      `The ${one("inspector witness engineer clerk auditor")} ${one("noted examined described counted questioned")} ${one("machines contracts doors invoices letters")} in the ${one("hall archive cellar office yard")} of ${one("Aldport Brenby Corham Dunmere Elsted")} on ${one("3 7 12 18 25")} ${one("March April May June July")}.`;
    const halls = Array.from({ length: 200 }, found);
    const fine = "Northlake Labs is fined 4 million crowns for refusing the inspectors a look at its logs.";
    const text = halls.toSpliced(150, 0, fine).join(" ");
    const said = "The regulator fines Northlake Labs for refusing a look at its logs.";
    const decision = source(1, text, { title: "Decision 9/2026" });
    expect(told([decision], 2)).not.toContain(fine);
    expect(told([{ ...decision, said }], 2)).toContain(fine);
  });

  it("cites every sentence of any text", () => {
    const word = fc.constantFrom(
      "The",
      "lab",
      "(see",
      "note)",
      "—",
      "U.S.",
      "must",
      "report.",
      "“No”",
      "\n\n",
      "3.5",
      "Fine",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(word, { maxLength: 60 }), (a, b) => {
        const articles = [source(1, a.join(" ")), source(2, b.join(" "))];
        for (const { text, articleId, start, end, ranges } of summarize(articles, { maxSentences: 4 }).sentences) {
          const whole = articles[articleId - 1]!.text;
          expect(ranges.map(([from, to]) => whole.slice(from, to)).join("")).toBe(text);
          let at = start;
          for (const [from, to] of ranges) {
            expect(from).toBeGreaterThanOrEqual(at);
            expect(to).toBeGreaterThan(from);
            at = to;
          }
          expect(at).toBeLessThanOrEqual(end);
        }
      }),
    );
  });

  it("cuts the number of a paragraph, and no day", () => {
    const said = "The Board fines Northlake Labs 3 million crowns for a report that came late.";
    for (const number of ["8. ", "12) ", "(4) "]) expect(told([source(1, number + said)], 1)).toEqual([said]);
    const dated = "3. March 2026 is the day on which the fine of 3 million crowns was due.";
    expect(told([source(1, dated)], 1)).toEqual([dated]);
  });

  it("cuts datelines and asides, and drops pleas", () => {
    const text = told(ORDER, 9).join(" ");
    expect(text).toContain("The order takes effect on 1 March.");
    expect(text).not.toContain("BRUSSELS");
    expect(text).not.toContain("Subscribe");
  });

  it("stays within its budget", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 60 }), (maxSentences, maxWords) => {
        const summary = told(ORDER, maxSentences, { maxWords });
        expect(summary.length).toBeLessThanOrEqual(maxSentences);
        expect(summary.join(" ").split(/\s+/).length).toBeLessThanOrEqual(maxWords);
      }),
    );
  });

  it("is empty when no article has a sentence", () => {
    expect(summarize([source(1, "", { title: "A title" })], { maxSentences: 2 }).sentences).toEqual([]);
    expect(summarize([], { maxSentences: 2 }).sentences).toEqual([]);
  });

  it("gives one long sentence rather than none", () => {
    const long = `The regulator ordered the lab ${"to report each serious incident to it ".repeat(12)}at once.`;
    expect(told([source(1, long)], 1)).toEqual([long]);
  });

  it("does not say the same thing twice", () => {
    const twice = [
      source(1, "The court stayed the audit order until March on Monday. The lab praised the ruling of the court."),
      source(2, "The court on Monday stayed the audit order until March. Campaigners called for an appeal at once."),
    ];
    expect(told(twice, 2).filter((text) => text.includes("stayed"))).toHaveLength(1);
  });

  it("shows two like sentences when each has news of its own", () => {
    const courts = [
      source(1, "A court in Harrow on Monday upheld a rule that makes developers publish their safety plans."),
      source(2, "A court in Selby on Tuesday struck down a rule that makes developers publish their safety plans."),
    ];
    expect(told(courts, 2)).toHaveLength(2);
    const papers = [
      courts[0]!,
      source(2, "On Tuesday a court in Harrow upheld a rule that makes developers publish safety plans."),
    ];
    expect(told(papers, 2)).toHaveLength(1);
  });

  it("lets the leading article speak first, and a primary source before it", () => {
    const text = "The agency ordered the lab to report incidents within three days of finding them.";
    const other = "The lab asked the court on Friday to set the whole order aside and keep its reports secret.";
    expect(told([source(1, other), source(2, text)], 2)[0]).toBe(other);
    expect(told([source(1, other), source(2, text, { primary: true, title: text })], 2)[0]).toBe(text);
  });

  it("shows nothing of another matter under a headline that has no text of its own", () => {
    const headline = source(1, "", { title: "Ministry grants Corvane yearly licence to import chip tools" });
    const same = source(
      2,
      "The ministry has granted Corvane a yearly licence for the import of tools that make chips.",
    );
    const other = source(
      3,
      "Exports of the island rose by 3.8 percent to a yearly record, the statistics office said.",
    );
    expect(told([headline, other], 2)).toEqual([]);
    expect(told([headline, other, same], 2)).toEqual([same.text]);
    expect(told([other, headline], 2)).toEqual([other.text]);
  });

  it("prefers the sentence that proves why the story was posted", () => {
    const text =
      "The committee met on Tuesday in the capital for its weekly session. It heard three guests from two universities. Members then voted to require outside audits of large models.";
    const start = text.indexOf("Members");
    expect(told([source(1, text, { evidence: [{ start, end: text.length }] })], 1)[0]).toContain(
      "require outside audits",
    );
  });

  it("drops bylines, credits and lists of links", () => {
    const text =
      "By Ada Quill, Technology Reporter\n\nPhoto: Example Images\n\nHome | Policy | Labs | About\n\nThe senate passed the audit bill on Friday by a wide margin.\n\nPublished 3 March 2026";
    expect(told([source(1, text)], 5)).toEqual(["The senate passed the audit bill on Friday by a wide margin."]);
  });

  it("keeps a hedge: an anonymous source is never cut off", () => {
    const text = "The agency may fine the lab next month, according to people familiar with the matter.";
    expect(told([source(1, text)], 1)).toEqual([text]);
  });

  it("summarises a text in its own language", () => {
    const french = source(
      1,
      "Le régulateur a ordonné lundi au laboratoire de signaler tout incident grave sous 72 heures. Le laboratoire a fait appel de la décision devant le tribunal.",
      { language: "fr" },
    );
    expect(told([french], 1)[0]).toContain("signaler tout incident grave");
    const japanese = source(
      2,
      "欧州委員会は月曜日、人工知能企業に対する調査を開始したと発表した。企業側は争う方針だ。",
      { language: "ja" },
    );
    expect(told([japanese], 1)).toEqual(["欧州委員会は月曜日、人工知能企業に対する調査を開始したと発表した。"]);
  });

  it("does not mix languages: the leading article's is the summary's", () => {
    const english = source(1, "The regulator ordered the laboratory to report each incident.", { language: "en" });
    const french = source(2, "Le régulateur a ordonné au laboratoire de signaler chaque incident.", { language: "fr" });
    expect(told([english, french], 3)).toEqual([english.text]);
    expect(told([french, english], 3)).toEqual([french.text]);
  });
});

const AUDITS = {
  id: "audits",
  sides: [
    {
      name: "Oversight",
      argues: "Independent audits; pledges cannot be verified.",
      cues: ["independent audit*", "verif* NEAR/4 pledge*"],
    },
    { name: "Developers", argues: "Bounded reviews that protect trade secrets.", cues: ["trade secret*", "burden*"] },
  ],
};

const DISPUTE = [
  source(
    1,
    "The senate opened hearings on the audit bill on Tuesday before a full room. “Only an independent audit will do,” said Mara Holt of the Open Ledger Trust. The bill has eleven sponsors in the senate and more in the house.",
  ),
  source(
    2,
    "The senate heard witnesses on the audit bill on Tuesday for the first time. Northlake Labs argued that open-ended reviews would expose trade secrets and slow releases. A vote on the audit bill in the senate is due in May.",
  ),
];

describe("both sides", () => {
  it("are shown when there are two sentences to spend", () => {
    const summary = told(DISPUTE, 2, { points: [AUDITS] });
    expect(summary.some((text) => text.includes("independent audit"))).toBe(true);
    expect(summary.some((text) => text.includes("trade secrets"))).toBe(true);
  });

  it("are given with speaker and words as they stand in the source", () => {
    const { sides } = summarize(DISPUTE, { maxSentences: 2, points: [AUDITS] });
    expect(sides.map(({ side, speaker, quote, articleId }) => [side, speaker, quote, articleId])).toEqual([
      ["Oversight", "Mara Holt", "Only an independent audit will do", 1],
      [
        "Developers",
        "Northlake Labs",
        "Northlake Labs argued that open-ended reviews would expose trade secrets and slow releases.",
        2,
      ],
    ]);
    for (const { start, end, quote, articleId } of sides)
      expect(DISPUTE[articleId - 1]!.text.slice(start, end)).toBe(quote);
  });

  it("are not made up: one side alone changes nothing", () => {
    const alone = [DISPUTE[0]!];
    expect(summarize(alone, { maxSentences: 2, points: [AUDITS] }).sides.map(({ side }) => side)).toEqual([
      "Oversight",
    ]);
    expect(told(alone, 1, { points: [AUDITS] })).toHaveLength(1);
  });

  it("need a speaker: the paper's own voice is nobody's side", () => {
    const { sides } = summarize([source(1, "Trade secrets and the burden of reviews weigh on the industry.")], {
      maxSentences: 1,
      points: [AUDITS],
    });
    expect(sides).toEqual([]);
  });
});

describe("conflicting figures", () => {
  const figures = (...texts: string[]) =>
    summarize(
      texts.map((text, id) => source(id, text, { primary: text.includes("Regulator:") })),
      { maxSentences: 2 },
    ).conflicts.map((pair) => pair.map(({ text, articleId }) => [text, articleId]));

  it("are shown with both sources", () => {
    expect(
      figures(
        "The regulator fined Northlake Labs $3.2 million over late incident reports.",
        "Northlake Labs must pay a fine of $2.1 million over late incident reports, the regulator said.",
      ),
    ).toEqual([
      [
        ["$3.2 million", 0],
        ["$2.1 million", 1],
      ],
    ]);
  });

  it("put a primary source first", () => {
    const [pair] = figures(
      "Northlake Labs reported 14 incidents in its first safety report of the year.",
      "Regulator: Northlake Labs reported 41 incidents in its first safety report of the year.",
    );
    expect(pair).toEqual([
      ["41 incidents", 1],
      ["14 incidents", 0],
    ]);
  });

  it.each([
    [
      "rounding",
      "The lab paid a fine of $3.2 million over late reports.",
      "The lab paid a fine of about $3.19 million over late reports.",
    ],
    [
      "another subject",
      "The lab paid a fine of $3.2 million over late reports.",
      "The senate gave the agency $9 million for new staff.",
    ],
    [
      "another unit",
      "The lab has 72 hours to report incidents to the agency.",
      "The lab has 30 days to report incidents to the agency.",
    ],
    [
      "a figure that both give",
      "The fine on the lab rose from $1 million to $2 million.",
      "The fine on the lab, once $1 million, is now $2 million.",
    ],
    [
      "years",
      "The audit law of the state passed in 2024 after debate.",
      "The audit law of the state passed in 2025 after debate.",
    ],
  ])("are not seen in %s", (_, a, b) => {
    expect(figures(a, b)).toEqual([]);
  });
});

describe("to readers who heard of a story", () => {
  const MOVER =
    "Northlake Labs lost its appeal on Tuesday, the court in Harrow said. It must admit auditors from 1 May.";
  const EARLIER =
    "The court in Harrow stayed the audit order against Northlake Labs in March. Northlake Labs had asked for a year. The lab has 400 staff in Harrow.";
  const since = (said: readonly string[], mover = MOVER) =>
    told([source(1, mover), source(2, EARLIER)], 3, { since: { said, sentence: null } });

  it("tells what the article that moved it says, then at most one sentence of context", () => {
    const sentences = since([]);
    expect(sentences.slice(0, 2)).toEqual(MOVER.split(/(?<=\.) /));
    expect(EARLIER).toContain(sentences[2]);
    expect(sentences).toHaveLength(3);
  });

  it("says nothing that they were told, nor nearly so, but what corrects it", () => {
    const [lost = "", must = ""] = MOVER.split(/(?<=\.) /);
    expect(since([`${lost.slice(0, -1)} today.`])).not.toContain(lost);
    expect(since(["It must admit auditors from 1 June."])).toContain(must);
  });

  it("has no context to give where that article has no words of its own", () => {
    expect(since([], "Read more")).toEqual([]);
  });
});
