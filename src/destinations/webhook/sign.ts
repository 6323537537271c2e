import { createHmac } from "node:crypto";

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
export const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/**
 * The headers by which a receiver knows who sent a body, when, and whether it has it already (https://www.standardwebhooks.com). Several
 * secrets sign side by side, so that a receiver may go over from one to the next.
 */
export function signatureHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
