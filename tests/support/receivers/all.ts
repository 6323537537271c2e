import type { Receiver } from "./receiver.ts";
import { startWebhookReceiver } from "./webhook.ts";

/** A server of each kind of destination, for the chaos run. */
export const RECEIVERS: readonly (() => Promise<Receiver>)[] = [startWebhookReceiver];
