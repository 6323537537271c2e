import { createRequire } from "node:module";
import { z } from "zod";
import { type HttpAnswer, startHttpReceiver } from "./http.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { arrivalOf } from "./shown.ts";

/** Microsoft's own reader of Adaptive Cards, of which Node can load the bundle alone. */
const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
) as typeof import("adaptivecards");

const MAX_BYTES = 28 * 1_024;

const message = z.object({
  type: z.literal("message"),
  attachments: z
    .array(
      z.object({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: z.null().optional(),
        content: z.looseObject({ type: z.literal("AdaptiveCard"), version: z.enum(["1.2", "1.3", "1.4", "1.5"]) }),
      }),
    )
    .length(1),
});

/** What Teams would refuse in a body; nothing where it takes it. */
export function teamsProblems(body: string): readonly string[] {
  if (Buffer.byteLength(body) > MAX_BYTES) return ["It is more than 28 KB."];
  const read = message.safeParse(JSON.parse(body));
  if (!read.success) return read.error.issues.map(({ path, message: text }) => `${path.join(".")}: ${text}`);
  const card = new AdaptiveCard();
  const context = new SerializationContext(Versions.v1_5);
  card.parse(read.data.attachments[0]?.content, context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...events, ...card.validateProperties().validationEvents.map(({ message: text }) => text)];
}

type Node = { readonly type?: string; readonly text?: string; readonly url?: string; readonly [key: string]: unknown };

/** Every element and action of a body's card. */
function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}

/** What a body shows to whoever reads the channel, and what in it acts. */
export function seenInTeams(body: string) {
  const nodes = nodesOf(message.parse(JSON.parse(body)).attachments[0]?.content);
  return {
    words: nodes
      .flatMap(({ type, text }) => (type === "TextRun" ? [text] : []))
      .join(" ")
      .replaceAll("\u00a0", " "),
    links: nodes.flatMap(({ type, url }) => (type === "Action.OpenUrl" && url !== undefined ? [url] : [])),
    /** Text that is read as markdown or for what stands in double braces, and what is neither a link nor words. */
    live: [
      ...nodes.filter(({ type }) => type === "TextBlock").map(({ text }) => String(text)),
      ...nodes.flatMap(({ text = "" }) => text.match(/\{\{(?:DATE|TIME)\(/g) ?? []),
      ...nodes.flatMap(({ type = "" }) => (type.startsWith("Action.") && type !== "Action.OpenUrl" ? [type] : [])),
    ],
  };
}

/** A workflow on loopback: starts on what a real one takes. */
export const startTeams = (answer: () => HttpAnswer | null = () => null) =>
  startHttpReceiver(({ body }) => {
    const given = answer();
    if (given !== null) return given;
    if (Buffer.byteLength(body) > MAX_BYTES) return { status: 413, body: '{"error":{"code":"RequestEntityTooLarge"}}' };
    return teamsProblems(body).length === 0
      ? { status: 202 }
      : { status: 400, body: '{"error":{"code":"InvalidRequestContent"}}' };
  });

/** The same for the chaos run: it knows nothing again, as Teams does not. */
export const startTeamsReceiver = (): Promise<Receiver> =>
  startReceiver({
    kind: "teams",
    settings: (origin) => ({ url: `${origin}/workflows/x` }),
    read: ({ body }) => teamsProblems(body)[0] ?? arrivalOf(seenInTeams(body).words, null),
    taken: { status: 202 },
  });
