import { randomFrom } from "#support/random.ts";
import { WORDS } from "../words.ts";

/**
 * Places in the list, which is sorted by frequency, of words that are common enough to be read and rare enough to tell matters
 * apart.
 */
const FROM = 1_500;
const TO = 14_000;

const TELLING = WORDS.slice(FROM, TO).filter((word) => /^[a-z]{4,12}$/.test(word));

const NAMES = ["Karan", "Bemel", "Divist", "Fodor", "Gutun", "Haran", "Lomel", "Nevist", "Pador", "Ritun"] as const;

/** What is done, and to what: of most pairs some part makes a friction point of the shipped pack. */
const ACTS = [
  "proposes",
  "orders",
  "delays",
  "backs",
  "opposes",
  "adopts",
  "debates",
  "drafts",
  "withdraws",
  "extends",
] as const;

const OBJECTS = [
  "AI audits",
  "a fine for an AI developer",
  "AI incident reports",
  "capability thresholds for frontier models",
  "tests of AI models",
  "a ban on AI chatbots",
  "rules on companion chatbots for children",
  "facial recognition by police",
  "licences for AI training data",
  "protection for AI whistleblowers",
  "a data centre for AI",
  "export controls on AI chips",
  "limits on open weights",
  "transparency of AI models",
  "a settlement with an AI developer",
  "liability for AI systems",
] as const;

const WHO = [
  "regulator",
  "parliament",
  "court",
  "minister",
  "agency",
  "senate",
  "commission",
  "attorney general",
  "council",
  "supervisor",
] as const;

/** Sentences of words that no other number has in this order, to make an entry as long as those of feeds usually are. */
export function fillerOf(number: number, sentences = 8): string {
  const random = randomFrom(number * 104_729 + 3);
  const word = () => TELLING[Math.floor(random() * TELLING.length)] as string;
  return Array.from({ length: sentences }, () => {
    const [first, ...rest] = Array.from({ length: 10 }, word);
    return `${first?.slice(0, 1).toUpperCase()}${first?.slice(1)} ${rest.join(" ")}.`;
  }).join(" ");
}

export type News = readonly [title: string, text: string];

/** News about AI policy: for each number another matter, in other words, so that no two are one story. */
export function policyNews(number: number): News {
  const random = randomFrom(number * 7_919 + 17);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = (count: number) => Array.from({ length: count }, () => one(TELLING)).join(" ");
  // A name that no other number gives, and who acts under it.
  const place = `${one(NAMES)}${number.toString(36)}`;
  const act = `${one(ACTS)} ${one(OBJECTS)}`;
  const [who, person] = [one(WHO), `${one(NAMES)}${(number * 3 + 1).toString(36)}`];
  return [
    `${some(2)}: ${place} ${who} ${act} after ${some(3)}`,
    `${person} of ${place} had ${some(3)} for ${some(3)}. The ${some(3)} ${act} of the ${some(2)}. ` +
      `Those who ${some(2)} the ${some(3)} see ${some(4)} in ${some(2)}.`,
  ];
}
