import { z } from "zod";
import type { Sent } from "../message.ts";
import { type SendOutcome, sentOf } from "../send.ts";

/** What Power Automate refuses with. */
const refusal = z.object({ error: z.object({ code: z.string() }) });

/** Codes of a workflow that is switched off, or no longer takes what it took: its owner has to act. */
const CLOSED: ReadonlySet<string> = new Set([
  "WorkflowTriggerIsNotEnabled",
  "TriggerNotEnabled",
  "WorkflowDisabled",
  "WorkflowNotFound",
]);

/** Office 365 connectors, which some tenants still have, answer 200 whatever became of it, and put the status in a sentence. */
const CONNECTOR_STATUS = /endpoint returned HTTP error (\d{3})/;

/**
 * What the answer of a workflow means: 202 that it was started, else by its code or its status
 * (https://learn.microsoft.com/connectors/teams and https://learn.microsoft.com/azure/logic-apps/logic-apps-limits-and-configuration).
 */
export function sentByTeams(outcome: SendOutcome, messageId: string): Sent {
  if (outcome.kind === "failed") return sentOf(outcome, messageId);
  const { status, body } = outcome;
  const within = status === 200 ? CONNECTOR_STATUS.exec(body)?.[1] : undefined;
  if (within !== undefined) return sentOf({ ...outcome, status: Number(within) }, messageId);
  const code = codeIn(body);
  if (status >= 400 && status < 500 && code !== null && CLOSED.has(code))
    return { kind: "closed", reason: `The workflow answered ${status}: ${code}` };
  return sentOf(outcome, messageId);
}

function codeIn(body: string): string | null {
  try {
    return refusal.safeParse(JSON.parse(body)).data?.error.code ?? null;
  } catch {
    return null;
  }
}
