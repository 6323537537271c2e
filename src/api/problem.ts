import { z } from "zod";
import type { Outcome } from "#answers/question.ts";
import type { Reply } from "./reply.ts";

/** What is answered in the place of what was asked for (RFC 9457). */
export const problemShape = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong, and what to ask instead."),
  faults: z
    .array(z.object({ parameter: z.string(), reason: z.string() }))
    .optional()
    .describe("What is wrong with each parameter."),
});

type Problem = z.output<typeof problemShape>;

/** Not imported, for its memory: see fetch.ts. */
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** Addresses that people do not ask: there whatever goes wrong is said so that programs read it. */
const OF_PROGRAMS = /^\/api\/|\.(?:atom|json|ics|opml)$/;

export const isForPrograms = (path: string): boolean => OF_PROGRAMS.test(path);

/** What is sent in the place of an answer. */
export function problem(status: number, detail: string, faults?: Problem["faults"]): Reply {
  const said = { type: "about:blank", title: STATUS_CODES[status] ?? "", status, detail } as const;
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    body: JSON.stringify({ ...said, ...(faults !== undefined && { faults }) } satisfies Problem),
  };
}

/** What was asked for is not there. */
export const notThere = (detail: string): Reply => problem(404, detail);

/** Why there is no answer. */
export function problemOf(outcome: Exclude<Outcome<never>, { kind: "answered" }>): Reply {
  if (outcome.kind === "absent") return notThere(outcome.reason);
  return problem(400, outcome.faults.map(({ reason }) => reason).join(" "), [...outcome.faults]);
}
