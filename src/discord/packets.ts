import type { Client } from "discord.js";
import type { Log } from "./connection.ts";

type Hear = (heard: unknown, ...rest: unknown[]) => unknown;

/**
 * What discord.js keeps to itself of its connection to the gateway: `attachEvents` is called once that is there, and `handlePacket` for
 * each payload, also later for those that came before the log-in was done.
 */
type Inner = { _ws: { on: (event: string, hear: Hear) => unknown } | null; attachEvents(): void; handlePacket: Hear };

/**
 * discord.js takes for granted what a payload of the gateway holds, and throws where it lacks that: out of its socket's event, which
 * would end the process. Such a payload is told of and left out. To be called before the log-in; a test says when a newer discord.js
 * keeps these elsewhere.
 */
export function surviveAnyPacket(client: Client, log: Log): void {
  const inner = client.ws as unknown as Inner;
  const surviving =
    (hear: Hear): Hear =>
    (...heard) => {
      try {
        return hear(...heard);
      } catch (error) {
        log.warn("a payload of the gateway was not understood, and is left out", { error });
        return undefined;
      }
    };
  const attach = inner.attachEvents.bind(inner);
  inner.handlePacket = surviving(inner.handlePacket.bind(inner));
  inner.attachEvents = () => {
    const { _ws: gateway } = inner;
    if (gateway === null) throw new Error("discord.js attached its events before it connected");
    const on = gateway.on.bind(gateway);
    gateway.on = (event, hear) => on(event, surviving(hear));
    attach();
  };
}
