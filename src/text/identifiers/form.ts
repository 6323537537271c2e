/** What a number names. */
export type IdentifierKind =
  | "bill"
  | "act"
  | "procedure"
  | "proposal"
  | "case"
  | "docket"
  | "rin"
  | "notice"
  | "order"
  | "instrument"
  | "consultation";

/** How the numbers of one kind are written, and what they are filed under, so that `SB 1047` and `Senate Bill 1047` are one. */
export type Form = {
  readonly kind: IdentifierKind;
  readonly pattern: RegExp;
  readonly filed: (...parts: readonly string[]) => string;
  /** How the next number is written where a word in the plural has several: House Bills 4668 and 4667. */
  readonly further?: RegExp;
  /** Of letters and a number that are as often something else. */
  readonly beside?: Beside;
};

/** Whether a text holds what tells that a number in it is one of a bill. */
export type Beside = (text: string) => (number: string) => boolean;

/** Whether one of these words stands in the text. */
export const besideOneOf =
  (words: RegExp): Beside =>
  (text) => {
    const vouched = words.test(text);
    return () => vouched;
  };

/** Filed by its kind and the number as it is written. */
export const as =
  (kind: string) =>
  (number = "") =>
    `${kind} ${number}`;

/** A further number of a list, behind a comma or "and". */
export const further = (number: string) => new RegExp(`(?:, (?:and )?| and | & )${number}`, "y");
