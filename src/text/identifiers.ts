/**
 * What names one bill, case or act and no other, each with how it is written and what it is filed under, so that "SB 1047" and "Senate
 * Bill 1047" are one. Chambers of several states number alike: who compares must look where they are.
 */
const WRITTEN: readonly (readonly [pattern: RegExp, filed: (parts: readonly string[]) => string])[] = [
  // Bills: H.R. 2, SB 1047, S.B. 24-205.
  [
    /\b([SHA]\.?B|H\.?R|[HS]\.?F|L\.?D)\.? ?-?(\d{1,5}(?:-\d{1,4})?)\b/g,
    ([letters = "", number = ""]) => `bill ${letters.replace(".", "")}${number}`,
  ],
  [
    /\b(Senate|House|Assembly) [Bb]ill (?:No\. )?(\d{1,5}(?:-\d{1,4})?)\b/g,
    ([chamber = "", number = ""]) => `bill ${chamber.charAt(0)}B${number}`,
  ],
  // Dockets of courts: 3:24-cv-01234, No. 24-1689.
  [/\b(\d:\d{2}-[a-z]{2}-\d{3,6})\b/g, ([docket = ""]) => `docket ${docket}`],
  [/\bNos?\. ?(\d{2}-\d{2,5})\b/g, ([docket = ""]) => `docket ${docket}`],
  // Cases before the European courts: C-252/21.
  [/\b([CT][-‑]\d{1,4}\/\d{2})\b/g, ([docket = ""]) => `docket ${docket.replace("‑", "-")}`],
  // Acts of the European Union, by year and number or by CELEX; proposals of its Commission.
  [/\((?:EU|EC)\) (?:No )?(\d{4}\/\d{1,4})\b/g, ([act = ""]) => `act ${act}`],
  [/\b3(\d{4})[RLD](\d{4})\b/g, ([year = "", number = ""]) => `act ${year}/${Number(number)}`],
  [/\bCOM\((\d{4})\) ?(\d{1,4})\b/g, ([year = "", number = ""]) => `proposal ${year}/${Number(number)}`],
];

/** The bills, cases and acts that a text names by their numbers. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  // All of them have a number.
  if (!/\d/.test(text)) return found;
  for (const [pattern, filed] of WRITTEN) for (const [, ...parts] of text.matchAll(pattern)) found.add(filed(parts));
  return found;
}
