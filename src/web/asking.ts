import type { Library, Outcome, Question } from "#answers/question.ts";
import { givenIn as allGivenIn } from "#api/reply.ts";
import { faultPage, noSuchPage, type Page, pageReply } from "./layout.ts";
import { type Reply, seeOther } from "./reply.ts";

/** What answers at an address: null where nothing stands there. */
export type Handler = (url: URL, library: Library, now: Date) => Promise<Reply | null>;

/**
 * What is asked in an address, of what a question knows. Programs hear of every other parameter; people come by links to which mail
 * programs and chats have hung theirs.
 */
export function givenIn(url: URL, { asked }: Pick<Question, "asked">): ReturnType<typeof allGivenIn> {
  return Object.fromEntries(Object.entries(allGivenIn(url)).filter(([name]) => Object.hasOwn(asked.shape, name)));
}

/** A page of what a question answers; one that cannot be asked so says what to ask instead. */
export async function pageOf<Answer>(
  outcome: Outcome<Answer>,
  show: (answer: Answer) => Page | Promise<Page>,
): Promise<Reply> {
  if (outcome.kind === "absent") return noSuchPage(outcome.reason);
  if (outcome.kind === "answered") return pageReply(await show(outcome.answer));
  return faultPage(
    400,
    "This cannot be asked so",
    outcome.faults.map(({ parameter, reason }) => `${parameter}: ${reason}`).join(" "),
  );
}

/** The same address without what a form left empty, where it left anything: one view has one address. */
export function withoutEmpty(url: URL): Reply | null {
  const kept = [...url.searchParams].filter(([, value]) => value.trim() !== "");
  if (kept.length === [...url.searchParams].length) return null;
  return seeOther(pathWith(url.pathname, kept));
}

/** `/search?query=audit` */
export function pathWith(path: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
  return query === "" ? path : `${path}?${query}`;
}
