import type { REST } from "discord.js";
import { type Connection, type TokenWatch, watchRefusals } from "./connection.ts";
import { type Failure, failureOf } from "./failure.ts";

/**
 * The one way to Discord for all that is sent: posts, edits, digests, what is published, direct messages, what the operators are
 * told. Once the token is refused nothing is sent any more, nor while Discord has to forget that too much was refused. Whatever
 * fails is read here, and a refused token heard of here.
 */
export type Attempt = <T>(work: (rest: REST) => Promise<T>) => Promise<Attempted<T>>;

type Attempted<T> = { readonly kind: "sent"; readonly value: T } | Failure;

export function createAttempt(rest: REST, connection: Connection, token: TokenWatch): Attempt {
  const waitUntil = watchRefusals(rest, connection);
  return async (work) => {
    if (token.isRefused()) return { kind: "token", reason: "The token was refused." };
    const afterMs = waitUntil().getTime() - connection.clock().getTime();
    const reason = "Too many requests were refused; waiting for Discord to forget them.";
    if (afterMs > 0) return { kind: "later", reason, afterMs, unsure: false };
    try {
      return { kind: "sent", value: await work(rest) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === "token") token.refused();
      return failure;
    }
  };
}
