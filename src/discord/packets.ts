import { type Client, GatewayDispatchEvents, GatewayOpcodes } from "discord.js";
import { z } from "zod";
import { MINUTE_MS } from "#model/time.ts";
import type { Log } from "./connection.ts";

type Hear = (heard: unknown, ...rest: unknown[]) => unknown;

/** One connection to the gateway; `unpackMessage` reads what came as JSON, null for what is none. */
type Shard = { unpackMessage: (...sent: unknown[]) => Promise<unknown> };
type Gateway = {
  on: (event: string, hear: Hear) => unknown;
  readonly strategy: { readonly shards: ReadonlyMap<number, Shard>; spawn(ids: readonly number[]): Promise<void> };
};

/**
 * What discord.js keeps to itself of its connections to the gateway: `attachEvents` is called once those can be made, and
 * `handlePacket` for each payload, also later for those that came before the log-in was done.
 */
type Inner = { _ws: Gateway | null; attachEvents(): void; handlePacket: Hear };

/** Discord's own interval, for a server that names none that could be kept. */
const HEARTBEAT = { heartbeat_interval: 41_250 };
const Hello = z
  .object({
    heartbeat_interval: z
      .number()
      .min(1_000)
      .max(10 * MINUTE_MS),
  })
  .catch(HEARTBEAT);

/** Whether a session that ended may be resumed. */
const MayResume = z.boolean().catch(false);

const Ready = z.looseObject({
  session_id: z.string(),
  user: z.looseObject({ id: z.string() }),
  guilds: z.array(z.looseObject({ id: z.string() })),
});

/** What a connection itself acts upon, in the form that it takes for granted. Throws for a beginning that lacks what it needs. */
function actedUpon(frame: unknown): unknown {
  if (typeof frame !== "object" || frame === null) return null;
  const { op, t, d } = frame as Readonly<Record<string, unknown>>;
  if (op === GatewayOpcodes.Hello) return { ...frame, d: Hello.parse(d) };
  if (op === GatewayOpcodes.InvalidSession) return { ...frame, d: MayResume.parse(d) };
  if (op === GatewayOpcodes.Dispatch && t === GatewayDispatchEvents.Ready) Ready.parse(d);
  return frame;
}

/**
 * discord.js takes for granted what a payload of the gateway holds, and throws where it lacks that: out of its socket's event, which
 * would end the process. Such a payload is told of and left out. To be called before the log-in; a test says when a newer discord.js
 * keeps these elsewhere.
 */
export function surviveAnyPacket(client: Client, log: Log): void {
  const inner = client.ws as unknown as Inner;
  const leftOut = (error: unknown) =>
    log.warn("a payload of the gateway was not understood, and is left out", { error });
  const surviving =
    (hear: Hear): Hear =>
    (...heard) => {
      try {
        return hear(...heard);
      } catch (error) {
        leftOut(error);
        return undefined;
      }
    };
  const readAnew = (shard: Shard) => {
    const unpack = shard.unpackMessage.bind(shard);
    shard.unpackMessage = async (...sent) => {
      try {
        return actedUpon(await unpack(...sent));
      } catch (error) {
        leftOut(error);
        return null;
      }
    };
  };
  const attach = inner.attachEvents.bind(inner);
  inner.handlePacket = surviving(inner.handlePacket.bind(inner));
  inner.attachEvents = () => {
    const { _ws: gateway } = inner;
    if (gateway === null) throw new Error("discord.js attached its events before it connected");
    const on = gateway.on.bind(gateway);
    gateway.on = (event, hear) => on(event, surviving(hear));
    const spawn = gateway.strategy.spawn.bind(gateway.strategy);
    gateway.strategy.spawn = async (ids) => {
      await spawn(ids);
      for (const shard of gateway.strategy.shards.values()) readAnew(shard);
    };
    attach();
  };
}
