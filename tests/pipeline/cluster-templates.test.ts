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

/** Offices of four places, untagged: some are words of everyday English, and some begin with a function word. */
const OFFICES = [
  ["Utah", "Mossford"],
  ["Iowa", "Netherby"],
  ["Maine", "Ashcombe"],
  ["New Mexico", "Corvane Systems"],
] as const;

const OFFICES_TEMPLATES: readonly (readonly [title: string, text: string])[] = [
  ...TEMPLATES,
  [
    "# sues @ over AI audits",
    "The attorney general of # sued the AI developer @ over its refusal to accept independent audits of its frontier AI models.",
  ],
  [
    "# Attorney General Sues @ Over Chatbot Harms to Minors",
    "Attorney General of # today announced a lawsuit against @, alleging that its chatbot exposed minors to harm. The complaint seeks penalties and an order to change the product.",
  ],
  [
    "# fines @ $250,000 on 12 March over face scans",
    "# fined @ $250,000 on 12 March because it scanned the faces of shoppers without consent, the privacy office said. @ has a month to appeal.",
  ],
];

const BEFORE = [
  ..."Rel: |UPDATE: |Update 1-|[Video] |Court notice: |Breaking: |BREAKING - |LIVE: |Exclusive: |(Audio) ".split("|"),
  ..."Press release – |Watch: |CORRECTED-|Tech Brief: |Docket 24-113: |March 3: ".split("|"),
  "Opinion | ",
];
const BEHIND = [" - The Westmark Gazette", " | Courier", " (Update)", " [Video]", " – Newswire", " - Gazette.example"];

/** Titles of the notices that joined an earlier one, when each is labelled in a way of its own. */
function joined(
  notices: readonly (readonly [title: string, text: string])[],
  labelled: (title: string, at: number) => string,
): readonly string[] {
  const index = createStoryIndex();
  return notices.flatMap(([bare, text], at) => {
    const title = labelled(bare, at);
    const seen = { publishedAt: hours(at / 60), firstSeenAt: hours(at / 60) };
    const notice = article({ id: at + 1, feedId: `office-${at}`, title, text, ...seen });
    const { storyId } = index.place(notice, TAGGING);
    index.add(notice, TAGGING, at + 1, at + 1);
    return storyId === null ? [] : [title];
  });
}

const BY_WHOM = {
  "other places and parties": OFFICES,
  "other places": OFFICES.map(([state]) => [state, "Mossford"] as const),
  "other parties": OFFICES.map(([, company]) => ["Utah", company] as const),
};

for (const [what, offices] of Object.entries(BY_WHOM)) {
  const noticesIn = ([title, text]: (typeof OFFICES_TEMPLATES)[number]) =>
    offices.map(([state, company]) => [named(title, company, state), named(text, company, state)] as const);

  test.each(OFFICES_TEMPLATES)(`${what} stay apart whatever label one of them has: %s`, (...template) => {
    const notices = noticesIn(template);
    const labels = [...BEFORE.map((label) => [label, ""]), ...BEHIND.map((label) => ["", label])];
    const merged = labels.flatMap(([before, behind]) => [
      ...notices.flatMap((_, one) =>
        joined(notices, (title, at) => (at === one ? `${before}${title}${behind}` : title)),
      ),
      ...joined(notices, (title) => `${before}${title}${behind}`),
    ]);
    expect(merged).toEqual([]);
    expect(joined(notices, (title, at) => `${BEFORE[3 * at]}${title}${BEHIND[at]}`)).toEqual([]);
  });

  test.each(OFFICES_TEMPLATES)(`${what} stay apart though each recalls the first: %s`, (...template) => {
    const [state, company] = offices[0]!;
    const recalled = noticesIn(template).map(
      ([title, text], at) =>
        [title, at === 0 ? text : `${text} ${state} was first to act, against ${company}.`] as const,
    );
    expect(joined(recalled, (title) => title)).toEqual([]);
  });
}

test("outlets that label their reports of one act tell one story", () => {
  const reports = [
    [
      "Iowa sues Netherby over AI audits",
      "Iowa on Tuesday sued the developer Netherby, which will not let anybody audit its AI models.",
    ],
    [
      "Netherby sued by Iowa over AI audits",
      "The AI developer Netherby was sued by Iowa on Tuesday after it refused independent audits of its models.",
    ],
    [
      "Iowa takes Netherby to court over audits of AI",
      "Netherby must answer a suit of Iowa's attorney general: it lets nobody audit its AI models.",
    ],
    [
      "Iowa sues AI developer Netherby over audits",
      "Iowa's attorney general filed a suit against Netherby on Tuesday over audits of AI models that it refused.",
    ],
  ] as const;
  for (let turn = 0; turn < BEFORE.length; turn++) {
    const label = (title: string, at: number) =>
      `${BEFORE[(turn + 5 * at) % BEFORE.length]}${title}${BEHIND[(turn + at) % BEHIND.length]}`;
    expect(joined(reports, label).length, BEFORE[turn]).toBe(reports.length - 1);
  }
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
