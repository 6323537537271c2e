import type { Sent } from "../message.ts";
import { type SendOutcome, sentOf } from "../send.ts";

/** The whole of Slack's answer where it took a message. */
const TAKEN = "ok";

/** Codes that are the whole of an answer: the webhook, its channel or its workspace is no more. */
const GONE: ReadonlySet<string> = new Set([
  "channel_is_archived",
  "channel_not_found",
  "no_active_hooks",
  "no_service",
  "no_service_id",
  "no_team",
  "team_disabled",
]);

/** The webhook stands and may not post as it is. */
const CLOSED: ReadonlySet<string> = new Set([
  "action_prohibited",
  "invalid_token",
  "posting_to_general_channel_denied",
  "user_not_found",
]);

/**
 * What Slack's answer means: by its code, else by its status
 * (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors).
 */
export function sentBySlack(outcome: SendOutcome, messageId: string): Sent {
  if (outcome.kind === "failed") return sentOf(outcome, messageId);
  const { status } = outcome;
  const code = outcome.body.trim();
  const reason = `Slack answered ${status}: ${code}`;
  if (status >= 400 && status < 500) {
    if (GONE.has(code)) return { kind: "gone", reason };
    if (CLOSED.has(code)) return { kind: "closed", reason };
  }
  // Something between us and Slack, as a proxy's page, says nothing of what became of it.
  if (status === 200 && code !== TAKEN)
    return { kind: "later", afterMs: null, unsure: true, reason: "Something else than Slack answered 200." };
  return sentOf(outcome, messageId);
}
