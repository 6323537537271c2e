import { startMailReceiver } from "./mail.ts";
import type { Receiver } from "./receiver.ts";
import { startSlackReceiver } from "./slack.ts";
import { startTeamsReceiver } from "./teams.ts";
import { startWebhookReceiver } from "./webhook.ts";

/** A server of each kind of destination, for the chaos run. */
export const RECEIVERS: readonly (() => Promise<Receiver>)[] = [
  startWebhookReceiver,
  startSlackReceiver,
  startTeamsReceiver,
  startMailReceiver,
];
