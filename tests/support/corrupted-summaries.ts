/** Sentences of sources, by name, that written sentences say they rest on. */
export const SOURCES = {
  order:
    "The Federal Lab Authority ordered Northlake Labs on Tuesday to report serious incidents within 72 hours, a duty that takes effect on 1 March 2027.",
  fine: "The authority is considering a fine of up to $3.2 million against Northlake Labs, according to two people familiar with the talks.",
  quote:
    "“Nobody should mark their own homework,” said Mara Holt of the Open Ledger Trust, which has asked for outside audits.",
  appeal: "Northlake Labs said it will not appeal the order before the council meets in Geneva on 14 April.",
  bill: "Sen. Ora Lind introduced a bill on Monday that would require 12 large developers to publish safety plans each year.",
  vote: "The committee did not approve the audit amendment, which failed by 9 votes to 11 after Vireo Systems objected.",
  court:
    "A court in Harrow stayed the enforcement of the permit rule until 30 June, so the rule remains in force but cannot be enforced.",
  share:
    "About 40 percent of the 250 incidents reported in 2025 involved stolen model weights, the Coastal Safety Institute said.",
  settle:
    "Vireo Systems agreed to pay $1.5 million to settle claims that it hid a breach from regulators, without admitting guilt.",
  suit: "The Open Ledger Trust sued the Ministry of Digital Affairs over the draft monitoring decree.",
  cap: "The agency said that models below the compute threshold need not register, and those above it must do so before release.",
  stay: "A judge in Orrin temporarily blocked the ministry from enforcing most of the audit rule, which Northlake Labs had challenged.",
  all: "The council asked all developers to publish some of their test results, but only those for frontier models from abroad.",
  raise:
    "The commission raised the ceiling for fines from 2 to 4 percent of turnover on Monday and lowered the fee for small firms.",
} as const;

export type SourceName = keyof typeof SOURCES;
type Written = { readonly text: string; readonly on: readonly SourceName[] };

const written = (text: string, ...on: SourceName[]): Written => ({ text, on });

/** Faithful sentences: a source's own with parts left out on which nothing depends. */
export const FAITHFUL: readonly Written[] = [
  written("The Federal Lab Authority ordered Northlake Labs to report serious incidents within 72 hours.", "order"),
  written(
    "The Federal Lab Authority ordered Northlake Labs on Tuesday to report serious incidents within 72 hours.",
    "order",
  ),
  written("“Nobody should mark their own homework,” said Mara Holt of the Open Ledger Trust.", "quote"),
  written(
    "Sen. Ora Lind introduced a bill that would require 12 large developers to publish safety plans each year.",
    "bill",
  ),
  written("The committee did not approve the audit amendment.", "vote"),
  written("A judge in Orrin temporarily blocked the ministry from enforcing most of the audit rule.", "stay"),
  written(
    "The commission raised the ceiling for fines from 2 to 4 percent of turnover and lowered the fee for small firms.",
    "raise",
  ),
];

/** As true, but in words or an order that the source does not have: nothing can compare them, and they are dropped. */
export const REWORDED: readonly Written[] = [
  written("The duty to report serious incidents takes effect on 1 March 2027.", "order"),
  written("Northlake Labs was ordered on Tuesday by the Federal Lab Authority to report serious incidents.", "order"),
  written(
    "A bill introduced by Sen. Ora Lind would require 12 large developers to publish safety plans each year.",
    "bill",
  ),
  written(
    "The audit amendment failed by 9 votes to 11 after Vireo Systems objected; the committee did not approve it.",
    "vote",
  ),
];

export type Kind =
  | "number"
  | "name"
  | "date"
  | "quotation"
  | "negation"
  | "attribution"
  | "stage"
  | "roles"
  | "direction"
  | "scope";

const corrupted = (kind: Kind, cases: readonly Written[]) => cases.map((each) => ({ kind, ...each }));

/** What a careless or lying model writes, by kind. */
export const CORRUPTED: readonly (Written & { readonly kind: Kind })[] = [
  ...corrupted("number", [
    written("The Federal Lab Authority ordered Northlake Labs to report serious incidents within 24 hours.", "order"),
    written("The Federal Lab Authority ordered Northlake Labs to report serious incidents within 72 days.", "order"),
    written(
      "The authority is considering a fine of up to $32 million, according to two people familiar with the talks.",
      "fine",
    ),
    written(
      "The authority is considering a fine of up to €3.2 million, according to two people familiar with the talks.",
      "fine",
    ),
    written(
      "A bill introduced by Sen. Ora Lind would require twenty large developers to publish safety plans each year.",
      "bill",
    ),
    written(
      "The audit amendment failed by 11 votes to 19 after Vireo Systems objected; the committee did not approve it.",
      "vote",
    ),
    written(
      "About 45 percent of the 250 incidents reported in 2025 involved stolen model weights, the Coastal Safety Institute said.",
      "share",
    ),
    written(
      "About 40 percent of the 2,500 incidents reported in 2025 involved stolen model weights, the Coastal Safety Institute said.",
      "share",
    ),
    written(
      "Vireo Systems agreed to pay $1.5 billion to settle claims that it hid a breach, without admitting guilt.",
      "settle",
    ),
    written("The Federal Lab Authority ordered Northlake Labs to report serious incidents after 72 hours.", "order"),
  ]),
  ...corrupted("name", [
    written(
      "The Federal Trade Commission ordered Northlake Labs to report serious incidents within 72 hours.",
      "order",
    ),
    written("The Federal Lab Authority ordered Southgate Labs to report serious incidents within 72 hours.", "order"),
    written("“Nobody should mark their own homework,” said Mara Lind of the Open Ledger Trust.", "quote", "bill"),
    written(
      "A bill introduced by Sen. Ora Holt would require 12 large developers to publish safety plans each year.",
      "bill",
      "quote",
    ),
    written(
      "The audit amendment failed by 9 votes to 11 after Northlake Labs objected; the committee did not approve it.",
      "vote",
    ),
    written("A court in Brussels stayed the enforcement of the permit rule until 30 June.", "court"),
    written(
      "President Ora Lind introduced a bill that would require 12 large developers to publish safety plans each year.",
      "bill",
    ),
    written("The Open Ledger Trust sued the Ministry of Justice over the draft monitoring decree.", "suit"),
    written("OpenAI sued the Ministry of Digital Affairs over the draft monitoring decree.", "suit"),
    written(
      "Under Executive Order Beacon, the Federal Lab Authority ordered Northlake Labs to report serious incidents within 72 hours.",
      "order",
    ),
  ]),
  ...corrupted("date", [
    written("The duty to report serious incidents takes effect on 1 May 2027.", "order"),
    written("The duty to report serious incidents takes effect on 1 March 2028.", "order"),
    written("The duty to report serious incidents takes effect on 14 March 2027.", "order", "appeal"),
    written(
      "The Federal Lab Authority ordered Northlake Labs on Wednesday to report serious incidents within 72 hours.",
      "order",
    ),
    written("A court stayed the enforcement of the permit rule until 30 July.", "court"),
    written("A court stayed the enforcement of the permit rule until next month.", "court"),
    written(
      "Sen. Ora Lind introduced a bill yesterday that would require 12 large developers to publish safety plans.",
      "bill",
    ),
  ]),
  ...corrupted("quotation", [
    written("“Nobody should ever mark their own homework,” said Mara Holt of the Open Ledger Trust.", "quote"),
    written("“Everybody should mark their own homework,” said Mara Holt of the Open Ledger Trust.", "quote"),
    written("“Nobody should mark its own homework,” said Mara Holt of the Open Ledger Trust.", "quote"),
    written("The authority is considering a “crushing” fine, according to two people familiar with the talks.", "fine"),
    written("Northlake Labs said it will “not contest the order” before the council meets in Geneva.", "appeal"),
    written("“We will fight on,” Northlake Labs said, before the council meets in Geneva on 14 April.", "appeal"),
    written(
      "“Nobody should mark their own homework, least of all labs,” said Mara Holt of the Open Ledger Trust.",
      "quote",
    ),
  ]),
  ...corrupted("negation", [
    written("Northlake Labs said it will appeal the order before the council meets in Geneva on 14 April.", "appeal"),
    written("The committee did approve the audit amendment after Vireo Systems objected.", "vote"),
    written("The committee approved the audit amendment by 9 votes to 11 after Vireo Systems objected.", "vote"),
    written("The permit rule remains in force and can be enforced, a court in Harrow said.", "court"),
    written(
      "Vireo Systems agreed to pay $1.5 million to settle claims that it hid a breach, admitting guilt.",
      "settle",
    ),
    written(
      "The Federal Lab Authority did not order Northlake Labs to report serious incidents within 72 hours.",
      "order",
    ),
    written(
      "Sen. Ora Lind introduced a bill on Monday that would not require large developers to publish safety plans.",
      "bill",
    ),
    written(
      "The permit rule is no longer in force, after a court in Harrow stayed its enforcement until 30 June.",
      "court",
    ),
  ]),
  ...corrupted("attribution", [
    written("The authority is considering a fine of up to $3.2 million against Northlake Labs.", "fine"),
    written("The authority said it is considering a fine of up to $3.2 million against Northlake Labs.", "fine"),
    written(
      "“Nobody should mark their own homework,” said Northlake Labs, which has asked for outside audits.",
      "quote",
      "order",
    ),
    written(
      "Vireo Systems said that about 40 percent of the 250 incidents involved stolen model weights.",
      "share",
      "vote",
    ),
    written("About 40 percent of the 250 incidents reported in 2025 involved stolen model weights.", "share"),
    written(
      "The Open Ledger Trust said it will not appeal the order before the council meets in Geneva.",
      "appeal",
      "suit",
    ),
    written(
      "According to the Coastal Safety Institute, Northlake Labs will not appeal the order before 14 April.",
      "appeal",
      "share",
    ),
    written("Northlake Labs will not appeal the order before the council meets in Geneva on 14 April.", "appeal"),
  ]),
  ...corrupted("stage", [
    written(
      "The authority will impose a fine of up to $3.2 million, according to two people familiar with the talks.",
      "fine",
    ),
    written(
      "The authority fined Northlake Labs up to $3.2 million, according to two people familiar with the talks.",
      "fine",
    ),
    written(
      "The authority plans a fine of up to $3.2 million, according to two people familiar with the talks.",
      "fine",
    ),
    written("Sen. Ora Lind passed a law on Monday that requires 12 large developers to publish safety plans.", "bill"),
    written("A law of Sen. Ora Lind requires 12 large developers to publish safety plans each year.", "bill"),
    written("A court in Harrow struck down the permit rule until 30 June.", "court"),
    written("The Open Ledger Trust sued the Ministry of Digital Affairs over the final monitoring decree.", "suit"),
    written("Vireo Systems pleaded guilty and agreed to pay $1.5 million without admitting a breach.", "settle"),
  ]),
  ...corrupted("roles", [
    written("Northlake Labs ordered the Federal Lab Authority to report serious incidents within 72 hours.", "order"),
    written("The Ministry of Digital Affairs sued the Open Ledger Trust over the draft monitoring decree.", "suit"),
    written("The ministry temporarily blocked a judge in Orrin from enforcing most of the audit rule.", "stay"),
    written("The council asked frontier models to publish all developers from abroad.", "all"),
    written("The draft monitoring decree sued the Open Ledger Trust.", "suit"),
  ]),
  ...corrupted("direction", [
    written("The agency said that models above the compute threshold need not register.", "cap"),
    written("The agency said that models below the compute threshold must do so before release.", "cap"),
    written("The agency said that those above it must do so after release.", "cap"),
    written("A judge in Orrin temporarily kept the ministry enforcing most of the audit rule.", "stay"),
    written("The commission lowered the ceiling for fines from 4 to 2 percent of turnover.", "raise"),
    written("The commission raised the ceiling for fines from 2 percent of turnover.", "raise"),
    written("The commission raised the fee for small firms.", "raise"),
    written(
      "Northlake Labs said it will not appeal the order after the council meets in Geneva on 14 April.",
      "appeal",
    ),
  ]),
  ...corrupted("scope", [
    written("A judge in Orrin blocked the ministry from enforcing most of the audit rule.", "stay"),
    written("A judge in Orrin temporarily blocked the ministry from enforcing the audit rule.", "stay"),
    written("A judge in Orrin temporarily blocked the ministry from enforcing all of the audit rule.", "stay"),
    written("The council asked most developers to publish some of their test results.", "all"),
    written("The council asked all developers to publish their test results.", "all"),
    written("The council asked all developers to publish some of their test results.", "all"),
    written("Northlake Labs said it will not appeal the order.", "appeal"),
    written("Sen. Ora Lind introduced a bill on Monday that would require developers to publish safety plans.", "bill"),
    written("A court in Harrow stayed the enforcement of the permit rule.", "court"),
    written(
      "About 40 percent of the incidents involved stolen model weights, the Coastal Safety Institute said.",
      "share",
    ),
  ]),
];
