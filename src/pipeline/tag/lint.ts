import type { Pack } from "#model/pack.ts";
import { root } from "#text/roots.ts";
import { fold } from "#text/tokens.ts";
import { type Lists, type Operand, type Phrase, parsePhrase, type WordPattern } from "./phrase.ts";
import { type Placed, phrasesOf } from "./rules.ts";

/** A fault of a pack's rules: where the phrase stands (`["points", 3, "strong", 0]`) and what is wrong. */
export type Lint = { readonly path: readonly (string | number)[]; readonly message: string };

type Read = Placed & { readonly phrase: Phrase };

/**
 * What is wrong with phrases that can be read: those that never count, those that stand twice, lists that nobody names.
 * Phrases that cannot be read are left out: `parsePhrase` says what is wrong with them.
 */
export function lintRules(pack: Pack): readonly Lint[] {
  const read = [...phrasesOf(pack)].flatMap((placed): Read[] => {
    const parsed = parsePhrase(placed.source, pack.lists);
    return parsed.ok ? [{ ...placed, phrase: parsed.phrase }] : [];
  });
  return [...swallowed(read), ...doubled(read), ...unusedLists(pack, read), ...emptyCues(pack)];
}

/** Phrases of points whose words an exclusion always cancels, or of which the article is always dropped. */
function* swallowed(read: readonly Read[]): Generator<Lint> {
  const exclusions = read.filter(({ role }) => role.kind === "exclude" || role.kind === "off-topic");
  for (const { path, source, role, phrase } of read) {
    if (role.kind !== "strong" && role.kind !== "weak") continue;
    const by = exclusions.find(
      (other) =>
        (other.role.kind === "off-topic" || (other.role.kind === "exclude" && other.role.owner === role.owner)) &&
        phrase.operands.some((operand) => alwaysHolds(operand, other.phrase)),
    );
    if (by === undefined) continue;
    const what = by.role.kind === "off-topic" ? "the topic's exclusion" : "its own exclusion";
    yield { path, message: `"${source}" can never count: ${what} "${by.source}" cancels it` };
  }
}

/** Does every word sequence of the operand hold one of the exclusion's? An exclusion with NEAR may find its words or not. */
function alwaysHolds({ sequences }: Operand, { operands }: Phrase): boolean {
  const [only, ...more] = operands;
  if (only === undefined || more.length > 0) return false;
  return sequences.every((sequence) =>
    only.sequences.some((excluded) =>
      sequence.some((_, at) => excluded.every((word, i) => covers(word, sequence[at + i]))),
    ),
  );
}

/** Does the first pattern match every word that the second matches? */
function covers(general: WordPattern, specific: WordPattern | undefined): boolean {
  if (specific === undefined) return false;
  if (general.kind === "cased") return specific.kind === "cased" && specific.text === general.text;
  const folded = fold(specific.text);
  if (general.kind === "prefix") return folded.startsWith(general.text);
  if (specific.kind === "prefix") return false;
  if (general.kind === "exact") return specific.kind !== "stem" && folded === general.text;
  return (specific.kind === "stem" ? folded : root(folded)) === general.text;
}

/** Strong and weak phrases that say the same as an earlier one, in their own point or in another. */
function* doubled(read: readonly Read[]): Generator<Lint> {
  const first = new Map<string, Read>();
  for (const each of read) {
    const { path, source, role, phrase } = each;
    if (role.kind !== "strong" && role.kind !== "weak") continue;
    const name = nameOf(phrase);
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, each);
      continue;
    }
    const owner = "owner" in earlier.role ? String(earlier.role.owner) : "";
    // Two points may share weak evidence; it tells neither apart, and needs company in both.
    if (owner !== role.owner && (role.kind === "weak" || earlier.role.kind === "weak")) continue;
    const where = owner === role.owner ? `${earlier.role.kind} phrase of the same point` : `phrase of ${owner}`;
    yield { path, message: `"${source}" says the same as "${earlier.source}", a ${where}` };
  }
}

const nameOf = ({ operands, gaps }: Phrase): string =>
  operands
    .map(({ sequences }, i) => {
      const words = sequences
        .map((sequence) => sequence.map(({ kind, text }) => `${kind} ${text}`).join(" "))
        .toSorted();
      const gap = gaps[i];
      return `${words.join("|")} ${gap === undefined ? "" : `${gap.ordered ? "THEN" : "NEAR"}/${gap.words}`}`;
    })
    .join(" ");

function* unusedLists({ lists }: Pack, read: readonly Read[]): Generator<Lint> {
  const written = [...read.map(({ source }) => source), ...Object.values(lists as Lists).flat()];
  for (const name of Object.keys(lists)) {
    if (!written.some((source) => source.includes(`<${name}>`))) {
      yield { path: ["lists", name], message: `no phrase names the list <${name}>` };
    }
  }
}

function* emptyCues({ relevance }: Pack): Generator<Lint> {
  for (const [i, { name, phrases = [], found }] of relevance.entries()) {
    if (phrases.length === 0 && found === undefined) {
      yield { path: ["relevance", i], message: `"${name}" has neither phrases nor found: it never counts` };
    }
  }
}
