import type { LabelLine } from "#cli/learn/labels.ts";
import { DAY_MS } from "#model/time.ts";

const AGENCIES = ["The regulator", "A watchdog", "The ministry", "The commission", "An inspectorate", "The agency"];
const ACTS = ["orders", "demands", "requires", "proposes", "announces", "delays"];
const THINGS = [
  "yearly inspections of lifts",
  "new rules for elevators",
  "a register of lift faults",
  "fines for unsafe lifts",
];
const SHOPS = ["A shop", "The chain", "A designer", "The start-up", "A hotel", "The museum"];
const DOES = ["unveils", "sells", "paints", "reviews", "films", "praises"];
const WARES = ["a glass lift with a view", "lifts for dolls' houses", "elevator music", "a lift in pastel colours"];

/** Items about lifts that a person has labelled: half of them policy, every third of those about inspections. */
export function liftItems(count: number): LabelLine[] {
  return Array.from({ length: count }, (_, i) => {
    const policy = i % 2 === 0;
    const [who, does, what] = policy ? [AGENCIES, ACTS, THINGS] : [SHOPS, DOES, WARES];
    const at = Math.floor(i / 2);
    const thing = what[at % what.length]!;
    return {
      id: `item-${i}`,
      title: `${who[at % who.length]} ${does[Math.floor(at / who.length) % does.length]} ${thing}`,
      text: policy ? "The public body said so on the record." : "Buyers liked the look.",
      publishedAt: new Date(Date.UTC(2026, 0, 1) + i * DAY_MS).toISOString(),
      relevant: policy,
      points: policy && thing.includes("inspections") ? ["inspections"] : [],
      facets: true,
      stage: null,
      certainty: null,
    };
  });
}
