import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, FaultQueue } from "./faults.ts";
import { callback, deleteReply, editReply, followUp, readReply } from "./interactions.ts";
import * as messages from "./messages.ts";
import { type Answer, type Files, nothing, ok, refuse } from "./messages.ts";
import { inspect } from "./rules.ts";
import {
  botUser,
  type Channel,
  channelJson,
  guildJson,
  type Json,
  newChannel,
  selfJson,
  snowflake,
  type World,
} from "./world.ts";

/** One request as it came in, and what it was told. */
export type Received = { readonly route: string; readonly path: string; readonly body: unknown; status: number };

export type Rest = {
  readonly world: World;
  readonly faults: FaultQueue;
  readonly received: Received[];
  readonly violations: string[];
  readonly remarks: Set<string>;
  readonly token: string;
  readonly clock: () => Date;
  readonly gatewayUrl: () => string;
};

/** Routes that need no token, because their own path carries one. */
const TOKENLESS = /^\/(interactions|webhooks)\//;

export async function answerRequest(rest: Rest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://loopback");
  const path = decodeURIComponent(url.pathname.replace(/^\/api\/v\d+/, ""));
  const route = `${request.method} ${routeOf(path)}`;
  const { body, files } = await readBody(request);
  const entry: Received = { route, path, body, status: 0 };
  rest.received.push(entry);
  const fault = rest.faults.take(route, path);
  const work = () => handle(rest, route, path, url.searchParams, body, files, request.headers.authorization);
  if (fault?.kind === "late") rest.faults.later(fault.afterMs, work);
  if (fault !== null && !("when" in fault && fault.when === "after")) return fail(fault, entry, request, response);
  const answer = work();
  if (fault !== null) return fail(fault, entry, request, response);
  entry.status = answer.status;
  send(response, answer);
}

function handle(
  rest: Rest,
  route: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
  files: Files,
  authorization: string | undefined,
): Answer {
  const { world } = rest;
  if (!TOKENLESS.test(path) && (authorization !== `Bot ${rest.token}` || world.revoked))
    return refuse(401, 0, "401: Unauthorized");
  if (body !== null) {
    const findings = inspect(route, body);
    for (const remark of findings.remarks) rest.remarks.add(remark);
    if (findings.violations.length > 0) {
      rest.violations.push(...findings.violations);
      return refuse(400, 50035, `Invalid Form Body: ${findings.violations.join("; ")}`);
    }
  }
  const [, first = "", second = "", third = "", fourth = "", fifth = ""] = path.split("/");
  const json = (body ?? {}) as Json;
  const now = rest.clock();
  switch (route) {
    case "GET /gateway/bot":
      return ok({
        url: rest.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 1, max_concurrency: 1 },
      });
    case "GET /users/@me":
      return ok(botUser);
    case "GET /applications/@me":
    case "GET /oauth2/applications/@me":
      return ok({ ...world.application, description: "", bot_public: true, flags: 0 });
    case "GET /applications/:/commands":
      return ok(world.commands.get("global") ?? []);
    case "PUT /applications/:/commands":
      world.registrations += 1;
      world.commands.set("global", registered(body, world, now));
      return ok(world.commands.get("global"));
    case "GET /guilds/:": {
      const guild = world.guilds.get(second);
      return guild === undefined ? refuse(404, 10004, "Unknown Guild") : ok(guildJson(world, guild));
    }
    case "GET /guilds/:/members/:": {
      const guild = world.guilds.get(second);
      return guild === undefined ? refuse(404, 10004, "Unknown Guild") : ok(selfJson(guild));
    }
    case "GET /guilds/:/threads/active":
      return messages.activeThreads(world, second);
    case "GET /channels/:":
      return messages.readChannel(world, second);
    case "GET /channels/:/threads/archived/public":
      return messages.archivedThreads(world, second);
    case "PATCH /channels/:":
      return messages.changeChannel(world, second, json);
    case "GET /channels/:/messages":
      return messages.listMessages(world, second, query);
    case "POST /channels/:/messages":
      return messages.createMessage(world, second, json, now, files);
    case "GET /channels/:/messages/:":
      return messages.readMessage(world, second, fourth);
    case "PATCH /channels/:/messages/:":
      return messages.editMessage(world, second, fourth, json, now);
    case "DELETE /channels/:/messages/:":
      return messages.deleteMessage(world, second, fourth);
    case "POST /channels/:/messages/:/crosspost":
      return messages.crosspost(world, second, fourth);
    case "POST /channels/:/messages/:/threads":
      return messages.threadFromMessage(world, second, fourth, json);
    case "POST /channels/:/threads":
      return messages.createThread(world, second, json, now, files);
    case "PUT /channels/:/thread-members/:":
      return world.channels.get(second)?.type === 11 ? nothing : refuse(404, 10003, "Unknown Channel");
    case "POST /users/@me/channels":
      return ok(channelJson(world, directOf(world, String(json.recipient_id))));
    case "POST /interactions/:/:/callback":
      return callback(world, second, third, json, now, files);
    case "POST /webhooks/:/:":
      return followUp(world, third, json, now, files);
    case "PATCH /webhooks/:/:/messages/:":
      return editReply(world, third, fifth, json, now);
    case "GET /webhooks/:/:/messages/:":
      return readReply(world, third, fifth, now);
    case "DELETE /webhooks/:/:/messages/:":
      return deleteReply(world, third, now);
    default:
      rest.violations.push(`${route}: the loopback Discord knows no such route (${first})`);
      return nothing;
  }
}

function registered(body: unknown, world: World, now: Date): Json[] {
  return (body as Json[]).map((command) => ({
    ...command,
    id: snowflake(now),
    application_id: world.application.id,
    version: "1",
  }));
}

/** A person's direct channel has the id of the person with a leading 7. */
export function directOf(world: World, userId: string): Channel {
  const id = `7${userId.slice(1)}`;
  const channel = world.channels.get(id) ?? newChannel({ id, guildId: null, type: 1, name: "" });
  world.channels.set(id, channel);
  return channel;
}

/** Ids and tokens become `:`. */
function routeOf(path: string): string {
  const parts = path.split("/");
  if (parts[1] === "interactions") return "/interactions/:/:/callback";
  if (parts[1] === "webhooks") return parts.length > 4 ? "/webhooks/:/:/messages/:" : "/webhooks/:/:";
  return parts.map((part) => (/^\d{5,}$/.test(part) ? ":" : part)).join("/");
}

async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: Files }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (raw.length === 0) return { body: null, files: [] };
  if (!type.startsWith("multipart/")) return { body: JSON.parse(raw.toString("utf8")), files: [] };
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  const body = JSON.parse(String(form.get("payload_json") ?? "{}"));
  const said: readonly { id: string | number; description?: string }[] = (body.data ?? body).attachments ?? [];
  const files: Files[number][] = [];
  for (const [field, value] of form) {
    const [, number] = /^files\[(\d+)\]$/.exec(field) ?? [];
    if (number === undefined || typeof value === "string") continue;
    const bytes = Buffer.from(await value.arrayBuffer());
    const description = said.find(({ id }) => String(id) === number)?.description ?? null;
    files.push({ name: value.name, text: bytes.toString("utf8"), bytes, description });
  }
  return { body, files };
}

function send(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
  if (status === 204) return void response.writeHead(204, headers).end();
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function fail(fault: Fault, entry: Received, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case "hang":
      return;
    case "late":
    case "cut":
      request.socket.destroy();
      return;
    case "status":
      entry.status = fault.status;
      response.writeHead(fault.status, { "content-type": "text/html" }).end("<h1>upstream</h1>");
      return;
    case "page":
      entry.status = fault.status;
      response.writeHead(fault.status, { "content-type": "text/html" }).end("<h1>Access denied</h1>");
      return;
    case "error":
      entry.status = fault.status;
      send(response, refuse(fault.status, fault.code, "as asked"));
      return;
    case "rate-limit": {
      entry.status = 429;
      const seconds = fault.retryAfterMs / 1000;
      const headers = {
        "retry-after": String(seconds),
        "x-ratelimit-scope": fault.scope,
        ...(fault.scope === "global"
          ? { "x-ratelimit-global": "true" }
          : {
              "x-ratelimit-bucket": "bucket",
              "x-ratelimit-limit": "5",
              "x-ratelimit-remaining": "0",
              "x-ratelimit-reset-after": String(seconds),
            }),
      };
      send(
        response,
        {
          status: 429,
          body: { message: "You are being rate limited.", retry_after: seconds, global: fault.scope === "global" },
        },
        headers,
      );
    }
  }
}
