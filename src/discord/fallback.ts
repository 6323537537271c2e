import { type ChannelFacts, may } from "./channels.ts";
import { failureOf } from "./failure.ts";
import type { Body } from "./message.ts";

/** As an embed, and as plain text where embeds, or the files that come with it, are not permitted, or are not any more. */
export async function withFallback<T>(
  [embed, plain]: readonly [Body, Body],
  facts: ChannelFacts,
  send: (body: Body) => Promise<T>,
): Promise<T> {
  if (!may(facts, "embed") || (embed.files !== undefined && !may(facts, "file"))) return send(plain);
  try {
    return await send(embed);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== "forbidden" || failure.code !== MISSING_PERMISSIONS) throw error;
    return send(plain);
  }
}

/** Which permission it does not say; without access to the channel at all, plain text would not help. */
const MISSING_PERMISSIONS = 50013;
