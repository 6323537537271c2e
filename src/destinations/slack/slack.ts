import { z } from "zod";
import { draftOf } from "#destinations/draft/draft-of.ts";
import { addressField } from "../address.ts";
import { kindOf } from "../kind.ts";
import { sentBySlack } from "./answer.ts";
import { slackMessage } from "./message.ts";

const settings = z.object({
  url: addressField({
    asks: "Address of an incoming webhook: https://hooks.slack.com/services/…",
    secret: true,
  }),
});

/** An incoming webhook of a Slack channel: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export const slack = kindOf({
  does: "a Slack channel, by an incoming webhook",
  settings,
  // What was posted by a webhook cannot be edited.
  holds: ["story", "digest", "memo", "overflow", "reminders", "quiet-day", "silences", "test"],
  // One message a second, and short bursts of more: https://docs.slack.dev/apis/web-api/rate-limits
  pace: { burst: 3, everyMs: 1_000, allEveryMs: 25 },
  knowsAgain: false,
  shown: ({ url }) => url.host,
  open: ({ url }, { send }) => ({
    async send(message) {
      const body = JSON.stringify(slackMessage(draftOf(message), message.key));
      const headers = { "content-type": "application/json" };
      return sentBySlack(await send({ url: url.href, headers, body }), message.key);
    },
  }),
});
