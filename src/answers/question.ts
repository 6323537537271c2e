import type { z } from "zod";
import type { Memo, MemoAsked } from "#model/memo.ts";
import type { Pack } from "#model/pack.ts";
import type { Frozen } from "#model/pack-files.ts";
import type { Db } from "#store/engine/database.ts";

/** What is looked up in: the store, and the pack that names what is in it. */
export type Library = {
  readonly db: Db;
  readonly pack: Pack;
  /** Composes memos by the worker's own code; where it is left out there are none. */
  readonly makeMemo?: (library: Pick<Library, "db" | "pack">, asked: MemoAsked) => Promise<Memo>;
};

/** What is wrong with what was asked: a parameter, and a sentence that says what to ask instead. */
export type Fault = { readonly parameter: string; readonly reason: string };

export type Outcome<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  /** It cannot be asked so. */
  | { readonly kind: "refused"; readonly faults: readonly Fault[] }
  /** What is asked for by its number or name is not there. */
  | { readonly kind: "absent"; readonly reason: string };

/** Parameters by name, as a query has them (strings) or a tool's arguments (JSON). */
export type Given = Readonly<Record<string, unknown>>;

/** A look-up: what may be asked, what the answer looks like, and how it is answered. */
export type Question<Answer = unknown> = {
  /** One sentence for whoever chooses among questions. */
  readonly does: string;
  readonly asked: z.ZodObject;
  /** The answer as JSON: times are ISO 8601 in UTC. */
  readonly shape: z.ZodObject;
  answer(library: Library, given: Given, now: Date): Promise<Outcome<Answer>>;
};

/** What a question answers. */
export type AnswerOf<Asked> = Asked extends Question<infer Answer> ? Answer : never;

type Definition<Asked extends z.ZodObject, Shape extends z.ZodObject> = {
  readonly does: string;
  readonly asked: Asked;
  readonly shape: Shape;
  readonly ask: (library: Library, asked: z.output<Asked>, now: Date) => Promise<Outcome<Frozen<z.output<Shape>>>>;
};

/** A question of its parts. What is given is parsed before anything is looked up. */
export const question = <Asked extends z.ZodObject, Shape extends z.ZodObject>({
  does,
  asked,
  shape,
  ask,
}: Definition<Asked, Shape>): Question<Frozen<z.output<Shape>>> => ({
  does,
  asked,
  shape,
  async answer(library, given, now) {
    const parsed = asked.safeParse(given);
    return parsed.success
      ? ask(library, parsed.data, now)
      : { kind: "refused", faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, asked)) };
  },
});

function faultsOf(issue: z.core.$ZodIssue, { shape }: z.ZodObject): readonly Fault[] {
  if (issue.code !== "unrecognized_keys")
    return [{ parameter: String(issue.path[0] ?? ""), reason: sentence(issue.message) }];
  const known = Object.keys(shape).join(", ");
  return issue.keys.map((parameter) => ({
    parameter,
    reason: `There is no parameter "${parameter}" here. There ${known === "" ? "is none" : `are: ${known}`}.`,
  }));
}

const sentence = (message: string): string => (message.endsWith(".") ? message : `${message}.`);

export const answered = <Answer>(answer: Answer): Outcome<Answer> => ({ kind: "answered", answer });
export const refused = (faults: readonly Fault[]): Outcome<never> => ({ kind: "refused", faults });
export const absent = (reason: string): Outcome<never> => ({ kind: "absent", reason });

/** A value as JSON has it. */
export type Plain<T> = T extends Date
  ? string
  : T extends readonly unknown[]
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** A value of nothing but what JSON knows, and dates, which become ISO 8601. */
export const plain = <T>(value: T): Plain<T> => JSON.parse(JSON.stringify(value)) as Plain<T>;
