import type { Arrival } from "./receiver.ts";

const numbersIn = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, story]) => `${story}:1`);

/** What people are shown of a message, as chaos looks at it: by its heading and the stories that it numbers. */
export function arrivalOf(text: string, id: string | null): Arrival {
  const arrival = { id, mayRepeat: text.includes("This may stand here twice") };
  const [, story, revision] = /Story (\d+) · revision (\d+)/.exec(text) ?? [];
  if (story !== undefined) return { ...arrival, kind: "story", stories: [`${story}:${revision}`] };
  if (/^(?:Hourly|Daily|Weekly) digest/.test(text))
    return { ...arrival, kind: "digest", stories: numbersIn(text, /\bstory (\d+)/g) };
  if (text.startsWith("Reminder"))
    return { ...arrival, kind: "reminders", stories: numbersIn(text, /\bStory (\d+): /g) };
  const [, week] = /^Weekly memo · ([^–]+) –/.exec(text) ?? [];
  return week === undefined
    ? { ...arrival, kind: "other", stories: [] }
    : { ...arrival, kind: "memo", stories: [week] };
}
