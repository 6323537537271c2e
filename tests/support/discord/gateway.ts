import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { botUser, guildJson, type Json, type World } from "./world.ts";

/** The websocket side: hello, identify, resume, heartbeats, dispatches, and the ways in which it fails. */
export type Gateway = {
  dispatch(event: string, payload: Json): void;
  /** Sends a frame as it is to every connection. */
  frame(frame: unknown): void;
  /** Is sent first on the next connections, one frame each. */
  begin(...frames: readonly unknown[]): void;
  /** Is sent between the next READY and the servers that follow it. */
  early(event: string, payload: Json): void;
  /** Cuts every connection without a goodbye. */
  drop(): void;
  /** op 7: asks the client to reconnect and resume. */
  askToReconnect(): void;
  /** op 9: declares the session invalid. */
  invalidate(): void;
  /** Stops answering heartbeats. */
  zombie: boolean;
  /** Ends the session as after a token was regenerated. */
  revoke(): void;
  readonly connections: number;
  readonly identifies: number;
  readonly resumes: number;
  readonly intents: number | null;
  close(): void;
};

const HEARTBEAT_MS = 41_250;

export function openGateway(server: Server, world: World, token: string, address: () => string): Gateway {
  const sockets = new WebSocketServer({ server });
  const ready = new Set<WebSocket>();
  /** What the session was told, by which number: a client that resumes gets all that it did not see, wherever it was lost. */
  const told: { readonly number: number; readonly text: string }[] = [];
  const early: [string, Json][] = [];
  const beginnings: unknown[] = [];
  let sequence = 0;
  let session = 0;
  let identifies = 0;
  let resumes = 0;
  let intents: number | null = null;
  let zombie = false;

  const send = (socket: WebSocket, payload: Json): void => socket.send(JSON.stringify(payload));
  const event = (type: string, payload: Json): string => JSON.stringify({ op: 0, t: type, s: ++sequence, d: payload });

  function identify(socket: WebSocket, body: Json): void {
    identifies += 1;
    intents = Number(body.intents);
    if (body.token !== token || world.revoked) {
      socket.close(4004, "Authentication failed.");
      return;
    }
    session += 1;
    told.length = 0;
    const guilds = [...world.guilds.values()];
    socket.send(
      event("READY", {
        v: 10,
        user: botUser,
        guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
        session_id: `session-${session}`,
        resume_gateway_url: address(),
        shard: body.shard ?? [0, 1],
        application: { id: world.application.id, flags: 0 },
      }),
    );
    for (const [type, payload] of early.splice(0)) socket.send(event(type, payload));
    ready.add(socket);
    for (const guild of guilds) if (guild.available) socket.send(event("GUILD_CREATE", guildJson(world, guild)));
  }

  function resume(socket: WebSocket, body: Json): void {
    if (body.session_id !== `session-${session}`) {
      send(socket, { op: 9, d: false });
      return;
    }
    resumes += 1;
    ready.add(socket);
    for (const { number, text } of told) if (number > Number(body.seq)) socket.send(text);
    socket.send(event("RESUMED", {}));
  }

  sockets.on("connection", (socket) => {
    socket.send(JSON.stringify(beginnings.shift() ?? { op: 10, d: { heartbeat_interval: HEARTBEAT_MS } }));
    socket.on("message", (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Json };
      if (op === 1 && !zombie) send(socket, { op: 11 });
      if (op === 2) identify(socket, d);
      if (op === 6) resume(socket, d);
    });
    socket.on("close", () => ready.delete(socket));
    socket.on("error", () => ready.delete(socket));
  });

  return {
    dispatch(type, payload) {
      const text = event(type, payload);
      told.push({ number: sequence, text });
      for (const socket of ready) socket.send(text);
    },
    frame: (frame) => {
      for (const socket of sockets.clients) socket.send(JSON.stringify(frame));
    },
    begin: (...frames) => void beginnings.push(...frames),
    early: (type, payload) => void early.push([type, payload]),
    drop: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    askToReconnect: () => {
      for (const socket of ready) send(socket, { op: 7, d: null });
    },
    invalidate: () => {
      session += 1;
      for (const socket of ready) send(socket, { op: 9, d: false });
    },
    revoke: () => {
      for (const socket of sockets.clients) socket.close(4004, "Authentication failed.");
    },
    set zombie(value: boolean) {
      zombie = value;
    },
    get zombie() {
      return zombie;
    },
    get connections() {
      return ready.size;
    },
    get identifies() {
      return identifies;
    },
    get resumes() {
      return resumes;
    },
    get intents() {
      return intents;
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
