import { createHmac } from "node:crypto";
import { type Payload, payloadSchema } from "#destinations/webhook/schema.ts";
import { SECRET } from "./named.ts";
import { type Arrival, type Receiver, startReceiver } from "./receiver.ts";

/** Whether a body was signed with a secret, as docs/destinations.md tells receivers to look. */
export function isSigned(headers: Readonly<Record<string, unknown>>, body: string, secret: string): boolean {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures } = headers;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return String(signatures).split(" ").includes(`v1,${expected}`);
}

/** One that verifies signatures and keeps what has an id that it does not know. */
export const startWebhookReceiver = (): Promise<Receiver> =>
  startReceiver({
    kind: "webhook",
    settings: (origin) => ({ url: `${origin}/in`, secret: SECRET }),
    read({ headers, body }) {
      const id = String(headers["webhook-id"]);
      if (!isSigned(headers, body, SECRET)) return `${id} is not signed`;
      const payload = payloadSchema.safeParse(JSON.parse(body));
      return payload.success
        ? arrivalOf(id, payload.data)
        : `${id} is not as the schema has it: ${payload.error.message}`;
    },
  });

function arrivalOf(id: string, payload: Payload): Arrival {
  const arrival = { id, mayRepeat: false };
  switch (payload.type) {
    case "story.posted":
      return { ...arrival, kind: "story", stories: [`${payload.data.story}:${payload.data.revision}`] };
    case "digest":
      return { ...arrival, kind: "digest", stories: payload.data.stories.map(({ story }) => `${story}:1`) };
    case "reminders":
      return { ...arrival, kind: "reminders", stories: payload.data.days.map(({ story }) => `${story}:1`) };
    case "memo":
      return { ...arrival, kind: "memo", stories: [payload.data.from] };
    default:
      return { ...arrival, kind: "other", stories: [] };
  }
}
