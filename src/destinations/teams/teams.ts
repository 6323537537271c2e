import { z } from "zod";
import { draftOf } from "#destinations/draft/draft-of.ts";
import { addressField } from "../address.ts";
import { kindOf } from "../kind.ts";
import { sentByTeams } from "./answer.ts";
import { teamsMessage } from "./message.ts";

const settings = z.object({
  url: addressField({
    asks: "Address of a workflow that posts to a channel when a webhook request is received: https://…/workflows/…",
    secret: true,
  }),
});

/** A workflow of Microsoft Teams that posts what it is sent to a channel or a chat. */
export const teams = kindOf({
  does: "a Microsoft Teams channel, by a workflow's webhook",
  settings,
  // What a workflow posted cannot be edited from outside.
  holds: ["story", "digest", "memo", "overflow", "reminders", "quiet-day", "silences", "test"],
  // A channel takes four requests a second; the connector by which workflows post, a hundred a minute.
  pace: { burst: 4, everyMs: 1_000, allEveryMs: 25 },
  knowsAgain: false,
  shown: ({ url }) => url.host,
  open: ({ url }, { send }) => ({
    async send(message) {
      const body = JSON.stringify(teamsMessage(draftOf(message), message.key));
      const headers = { "content-type": "application/json" };
      return sentByTeams(await send({ url: url.href, headers, body }), message.key);
    },
  }),
});
