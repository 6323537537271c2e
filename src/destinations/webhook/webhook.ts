import { z } from "zod";
import { addressField } from "../address.ts";
import { type Asked, kindOf } from "../kind.ts";
import { sentOf } from "../send.ts";
import { payloadOf } from "./payload.ts";
import { payloadSchema } from "./schema.ts";
import { SECRET, signatureHeaders } from "./sign.ts";

const ADDRESS: Asked = { asks: "Address that takes a POST: https://hooks.example.org/policywire", secret: true };
const SIGNING: Asked = {
  asks: "Secret that signs, whsec_ and 24 to 64 bytes in base64 (`openssl rand -base64 32`); two, parted by a space, while receivers change over",
  secret: true,
};

/** A change-over has the new one and the old one. */
const MOST_SECRETS = 2;

const settings = z.object({
  // Some receivers have no signature to look at, and a word in their address in its place.
  url: addressField(ADDRESS),
  secret: z
    .string()
    .transform((text) => text.trim().split(/\s+/))
    .refine((secrets) => secrets.length <= MOST_SECRETS && secrets.every((secret) => SECRET.test(secret)), {
      error: "It is not whsec_ and 24 to 64 bytes in base64.",
    })
    .meta(SIGNING),
});

/** Signed JSON for a program of your own: docs/destinations.md says how to verify it. */
export const webhook = kindOf({
  does: "signed JSON for a program of your own (Standard Webhooks)",
  settings,
  holds: ["story", "growth", "digest", "memo", "overflow", "reminders", "quiet-day", "silences", "test"],
  // As fast as one small server takes them without being in doubt.
  pace: { burst: 10, everyMs: 200, allEveryMs: 25 },
  knowsAgain: true,
  says: payloadSchema,
  shown: ({ url }) => url.host,
  open: ({ url, secret }, { send }) => ({
    async send(message) {
      const { key, at, content } = message;
      const body = JSON.stringify(payloadOf(message));
      const headers = { "content-type": "application/json", ...signatureHeaders(key, at, body, secret) };
      // What was updated is known by what it was posted as.
      const messageId = content.kind === "growth" ? content.messageId : key;
      return sentOf(await send({ url: url.href, headers, body }), messageId);
    },
  }),
});
