import { DefaultRestOptions, type RESTOptions } from "discord.js";
import { Stranger } from "./failure.ts";

type Ask = RESTOptions["makeRequest"];

/**
 * Asks, and lets through what Discord itself answers: JSON, and when it refuses, JSON with a code. Proxies, firewalls and sign-in pages
 * answer 401, 403 and 404 as well, and discord.js would drop the token for the first. What a status says of a server in trouble, or of
 * too many requests, is true whoever says it.
 */
export const believing: Ask = async (url, init) => {
  const answer = await DefaultRestOptions.makeRequest(url, init);
  const { status, ok } = answer;
  if (status === 204 || status === 429 || status >= 500) return answer;
  if (answer.headers.get("content-type")?.startsWith("application/json") !== true) throw await strange(answer);
  if (ok) return answer;
  const { headers, statusText } = answer;
  const said = await answer.text();
  const body = objectIn(said);
  if (typeof body?.code !== "number") throw new Stranger(status);
  return {
    ...{ body: null, bodyUsed: false, headers, ok, status, statusText },
    arrayBuffer: async () => new TextEncoder().encode(said).buffer,
    json: async () => body,
    text: async () => said,
  };
};

/** Read to its end, so that its connection is free. */
async function strange(answer: Awaited<ReturnType<Ask>>): Promise<Stranger> {
  await answer.arrayBuffer();
  return new Stranger(answer.status);
}

function objectIn(text: string): { readonly code?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
