import type { Pack } from "#model/pack.ts";
import { MOOD_CUES, type MoodCue } from "./mood-cues.ts";
import { type Gap, type Lists, type Operand, type Phrase, parsePhrase } from "./phrase.ts";
import { createTrie, type Trie } from "./trie.ts";

/** What a phrase is for. `owner` is the id of the point, place, actor … it belongs to. */
export type Role =
  | { readonly kind: "topic" | "policy" | "hold"; readonly owner: number }
  | { readonly kind: "off-topic"; readonly reason: string }
  | { readonly kind: "strong" | "weak"; readonly owner: string }
  | { readonly kind: "exclude"; readonly owner: string; readonly reason: string }
  | { readonly kind: "place" | "not-place" | "instrument" | "remedy" | "certainty"; readonly owner: string }
  | {
      readonly kind: "stage";
      readonly owner: string;
      /** How many steps into the stage; 0 for the stage itself. */
      readonly step: number;
    }
  | {
      readonly kind: "actor";
      readonly owner: string;
      readonly since?: string | undefined;
      readonly until?: string | undefined;
    }
  | { readonly kind: "reading"; readonly cue: MoodCue };

export type Rule = {
  readonly number: number;
  /** As written. */
  readonly source: string;
  readonly gaps: readonly Gap[];
  /** The trie's numbers of the phrase's operands. */
  readonly operands: readonly number[];
  readonly role: Role;
};

/** A pack, ready to tag: made once, used for every article. */
export type Rules = {
  readonly pack: Pack;
  readonly trie: Trie;
  readonly rules: readonly Rule[];
  /** By the trie's number of an operand: the rules that it is the first of. */
  readonly startingWith: readonly (readonly Rule[])[];
  /** Ids of the government actors. */
  readonly government: ReadonlySet<string>;
};

/** Where a phrase is written in a pack, and what for. */
export type Placed = { readonly path: readonly (string | number)[]; readonly source: string; readonly role: Role };

/** Every phrase of a pack in the order of its files. */
export function* phrasesOf(pack: Pack): Generator<Placed> {
  const { topic, relevance, holds, points, facets } = pack;
  yield* each(["topic", "terms"], topic.terms, { kind: "topic", owner: 0 });
  for (const [i, { phrase, reason }] of topic.exclude.entries()) {
    yield { path: ["topic", "exclude", i, "phrase"], source: phrase, role: { kind: "off-topic", reason } };
  }
  for (const [i, cue] of relevance.entries()) {
    yield* each(["relevance", i, "phrases"], cue.phrases ?? [], { kind: "policy", owner: i });
  }
  for (const [i, hold] of holds.entries()) yield* each(["holds", i, "cues"], hold.cues, { kind: "hold", owner: i });
  for (const [i, point] of points.entries()) {
    yield* each(["points", i, "strong"], point.strong, { kind: "strong", owner: point.id });
    yield* each(["points", i, "weak"], point.weak, { kind: "weak", owner: point.id });
    for (const [j, { phrase, reason }] of point.exclude.entries()) {
      const path = ["points", i, "exclude", j, "phrase"];
      yield { path, source: phrase, role: { kind: "exclude", owner: point.id, reason } };
    }
  }
  for (const [i, place] of facets.places.entries()) {
    yield* each(["places", i, "aliases"], place.aliases, { kind: "place", owner: place.id });
    yield* each(["places", i, "exclude"], place.exclude ?? [], { kind: "not-place", owner: place.id });
  }
  for (const [i, actor] of facets.actors.entries()) {
    yield* each(["actors", i, "aliases"], actor.aliases, { kind: "actor", owner: actor.id });
    for (const [j, { alias, since, until }] of (actor.dated ?? []).entries()) {
      const role: Role = { kind: "actor", owner: actor.id, since, until };
      yield { path: ["actors", i, "dated", j, "alias"], source: alias, role };
    }
  }
  for (const [i, instrument] of facets.instruments.entries()) {
    yield* each(["instruments", i, "aliases"], instrument.aliases, { kind: "instrument", owner: instrument.id });
  }
  for (const [i, remedy] of facets.remedies.entries()) {
    yield* each(["remedies", i, "cues"], remedy.cues, { kind: "remedy", owner: remedy.id });
  }
  for (const [i, stage] of facets.stages.entries()) {
    yield* each(["stages", i, "cues"], stage.cues, { kind: "stage", owner: stage.id, step: 0 });
    for (const [j, { cues }] of (stage.steps ?? []).entries()) {
      yield* each(["stages", i, "steps", j, "cues"], cues, { kind: "stage", owner: stage.id, step: j + 1 });
    }
  }
  for (const [i, certainty] of facets.certainties.entries()) {
    yield* each(["certainties", i, "cues"], certainty.cues, { kind: "certainty", owner: certainty.id });
  }
}

function* each(path: readonly (string | number)[], sources: readonly string[], role: Role): Generator<Placed> {
  for (const [i, source] of sources.entries()) yield { path: [...path, i], source, role };
}

/** Compiles a pack. A phrase that cannot be read throws: loading the pack finds those first, with file and line. */
export function compileRules(pack: Pack): Rules {
  const written: { source: string; role: Role }[] = [...phrasesOf(pack)];
  for (const [cue, sources] of Object.entries(MOOD_CUES)) {
    for (const source of sources) written.push({ source, role: { kind: "reading", cue: cue as MoodCue } });
  }
  const operands: Operand[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (operand: Operand): number => {
    const name = operand.sequences.map((words) => words.map(({ kind, text }) => `${kind} ${text}`).join(",")).join(";");
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, operands.length);
    operands.push(operand);
    return operands.length - 1;
  };
  const rules = written.map(({ source, role }, number): Rule => {
    const phrase = readPhrase(source, pack.lists);
    return { number, source, gaps: phrase.gaps, operands: phrase.operands.map(numberOf), role };
  });
  const startingWith: Rule[][] = operands.map(() => []);
  for (const rule of rules) startingWith[rule.operands[0]!]!.push(rule);
  const government = new Set(pack.facets.actors.filter((actor) => actor.government).map(({ id }) => id));
  return { pack, trie: createTrie(operands), rules, startingWith, government };
}

function readPhrase(source: string, lists: Lists): Phrase {
  const parsed = parsePhrase(source, lists);
  if (!parsed.ok) throw new Error(`phrase "${source}": ${parsed.problems.join("; ")}`);
  return parsed.phrase;
}
