import * as spec from "discord-api-spec/zod";
import type { Json } from "./world.ts";

/** What a request body breaks: `violations` Discord would refuse, `remarks` it would ignore. */
export type Findings = { readonly violations: readonly string[]; readonly remarks: readonly string[] };

type Schema = (typeof spec)["MessageCreateRequestSchema"];

const callbackSchemas: Readonly<Record<number, Schema>> = {
  4: spec.CreateMessageInteractionCallbackRequestSchema,
  5: spec.CreateMessageInteractionCallbackRequestSchema,
  6: spec.UpdateMessageInteractionCallbackRequestSchema,
  7: spec.UpdateMessageInteractionCallbackRequestSchema,
  8: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  9: spec.ModalInteractionCallbackRequestSchema,
};

/** The published spec names no schema per path, so this does. `body` decides where a path takes several. */
function schemaOf(route: string, body: Json): Schema | null {
  switch (route) {
    case "POST /channels/:/messages":
      return spec.MessageCreateRequestSchema;
    case "PATCH /channels/:/messages/:":
      return spec.MessageEditRequestPartialSchema;
    case "POST /channels/:/threads":
      return "message" in body ? spec.CreateForumThreadRequestSchema : spec.CreateTextThreadWithoutMessageRequestSchema;
    case "POST /channels/:/messages/:/threads":
      return spec.CreateTextThreadWithMessageRequestSchema;
    case "PATCH /channels/:":
      return spec.UpdateThreadRequestPartialSchema;
    case "POST /interactions/:/:/callback":
      return callbackSchemas[Number(body.type)] ?? null;
    case "POST /webhooks/:/:":
      return spec.IncomingWebhookRequestPartialSchema;
    case "PATCH /webhooks/:/:/messages/:":
      return spec.IncomingWebhookUpdateRequestPartialSchema;
    case "POST /users/@me/channels":
      return spec.CreatePrivateChannelRequestSchema;
    default:
      return null;
  }
}

/** Checks one request body against Discord's published schema and against the rules the schema does not carry. */
export function inspect(route: string, body: unknown): Findings {
  if (route.startsWith("PUT /applications/:/") && Array.isArray(body)) return inspectCommands(body as Json[]);
  if (!isObject(body)) return { violations: [`${route}: the body is no object`], remarks: [] };
  const schema = schemaOf(route, body);
  if (schema === null)
    return { violations: [`${route}: no schema for ${JSON.stringify(body).slice(0, 80)}`], remarks: [] };
  const { violations, remarks } = against(schema, normalised(body), route);
  const message = messageIn(route, body);
  return {
    violations: [
      ...violations,
      ...(message === null ? [] : messageFaults(message, route, route.startsWith("PATCH") || body.type === 7)),
    ],
    remarks,
  };
}

function against(schema: Schema, body: unknown, route: string): Findings {
  const result = schema.safeParse(body);
  if (!result.success) {
    return {
      violations: result.error.issues.map((issue) => `${route}: ${issue.path.map(String).join(".")} ${issue.message}`),
      remarks: [],
    };
  }
  return { violations: [], remarks: extras(body, result.data, route) };
}

/** discord.js adds these of itself, and they are harmless. */
function normalised(body: Json): Json {
  const { tts, enforce_nonce, ...rest } = body;
  return { ...rest, ...(enforce_nonce === true ? { enforce_nonce } : {}), ...(tts === true ? { tts } : {}) };
}

function extras(given: unknown, kept: unknown, path: string): string[] {
  if (Array.isArray(given) && Array.isArray(kept))
    return given.flatMap((item, at) => extras(item, kept[at], `${path}.${at}`));
  if (!isObject(given) || !isObject(kept)) return [];
  return Object.keys(given).flatMap((key) => {
    if (given[key] === undefined) return [];
    return key in kept ? extras(given[key], kept[key], `${path}.${key}`) : [`${path}.${key} is unknown`];
  });
}

function messageIn(route: string, body: Json): Json | null {
  if (route === "POST /channels/:/threads") return isObject(body.message) ? body.message : null;
  if (route.endsWith("/callback")) return [4, 7].includes(Number(body.type)) && isObject(body.data) ? body.data : null;
  return route.includes("/messages") || route === "POST /webhooks/:/:"
    ? route.endsWith("/threads")
      ? null
      : body
    : null;
}

const V2 = 1 << 15;
const V2_TYPES = new Set([9, 10, 11, 12, 13, 14, 17]);

/** An edit may leave out what stays as it is. */
function messageFaults(message: Json, route: string, edits: boolean): string[] {
  const faults: string[] = [];
  const content = String(message.content ?? "");
  const embeds = list(message.embeds);
  const components = list(message.components);
  const v2 = (Number(message.flags ?? 0) & V2) !== 0;
  if (content.length > 2000) faults.push("content over 2,000 characters");
  if (!edits && content === "" && embeds.length === 0 && components.length === 0) faults.push("empty message");
  if (embeds.reduce((sum, embed) => sum + embedLength(embed), 0) > 6000) faults.push("over 6,000 characters of embeds");
  for (const embed of embeds) {
    for (const field of list(embed.fields)) if (!field.name || !field.value) faults.push("empty embed field");
    if (embedLength(embed) === 0) faults.push("empty embed");
    const links = [embed, ...["footer", "author", "image", "thumbnail"].map((key) => embed[key])].filter(isObject);
    for (const address of links.flatMap((one) => [one.url, one.icon_url]))
      if (address !== undefined && !/^(?:https?|attachment):\/\//.test(String(address)))
        faults.push(`an embed with the address ${String(address)}`);
  }
  if (v2 && (content !== "" || embeds.length > 0)) faults.push("components v2 together with content or embeds");
  const every = flatten(components);
  const shown = every.filter(({ type }) => type === 10).reduce((sum, { content }) => sum + String(content).length, 0);
  if (shown > 4000) faults.push("over 4,000 characters in text displays");
  if (v2 && every.length > 40) faults.push("over 40 components");
  if (!v2 && every.some((component) => V2_TYPES.has(Number(component.type))))
    faults.push("a v2 component without the flag");
  const ids = every.map((component) => component.custom_id).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) faults.push("duplicate custom_id");
  for (const component of every) {
    if (component.type === 2 && !component.label && !component.emoji && !component.sku_id)
      faults.push("unlabelled button");
  }
  if (content !== "" && content.trim() === "") faults.push("content of blanks alone");
  if (!v2 && components.length > 5) faults.push("over 5 rows");
  faults.push(...rowFaults(every));
  const mentions = message.allowed_mentions;
  if (isObject(mentions)) {
    const parse = list(mentions.parse) as unknown as string[];
    for (const kind of ["users", "roles"]) {
      if (parse.includes(kind) && list(mentions[kind]).length > 0)
        faults.push(`conflicting allowed_mentions for ${kind}`);
    }
  }
  return faults.map((fault) => `${route}: ${fault}`);
}

/** Rules of a row and of what stands in it that the published schema leaves out. */
function rowFaults(components: readonly Json[]): string[] {
  const faults: string[] = [];
  for (const { type, components: inside, options, min_values, max_values } of components) {
    const kinds = list(inside).map((one) => Number(one.type));
    if (type === 1 && kinds.length > 5) faults.push("over 5 buttons in a row");
    if (type === 1 && kinds.length === 0) faults.push("an empty row");
    if (type === 1 && kinds.length > 1 && kinds.some((kind) => kind !== 2))
      faults.push("a menu beside another component");
    if (type !== 3) continue;
    const values = list(options).map(({ value }) => value);
    if (values.length === 0) faults.push("a menu without options");
    if (new Set(values).size !== values.length) faults.push("two options of one value");
    if (Number(min_values ?? 1) > values.length || Number(max_values ?? 1) > values.length)
      faults.push("more to choose than there are options");
    if (list(options).some(({ label }) => String(label).trim() === "")) faults.push("an option without a label");
  }
  return faults;
}

function embedLength(embed: Json): number {
  const length = (value: unknown): number => (typeof value === "string" ? value.length : 0);
  const fields = list(embed.fields).reduce((sum, field) => sum + length(field.name) + length(field.value), 0);
  const footer = isObject(embed.footer) ? length(embed.footer.text) : 0;
  const author = isObject(embed.author) ? length(embed.author.name) : 0;
  return length(embed.title) + length(embed.description) + fields + footer + author;
}

const LOCALES = new Set(
  "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".split(
    " ",
  ),
);

function inspectCommands(commands: readonly Json[]): Findings {
  const violations: string[] = [];
  const remarks: string[] = [];
  if (commands.length > 100) violations.push("over 100 commands");
  for (const command of commands) {
    const name = String(command.name);
    const permissions = command.default_member_permissions;
    const findings = against(
      spec.ApplicationCommandUpdateRequestSchema,
      typeof permissions === "string" ? { ...command, default_member_permissions: Number(permissions) } : command,
      `command ${name}`,
    );
    violations.push(...findings.violations);
    remarks.push(...findings.remarks);
    const chat = (command.type ?? 1) === 1;
    if (chat && name !== name.toLowerCase()) violations.push(`command ${name}: upper case`);
    if (chat && !command.description) violations.push(`command ${name}: no description`);
    if (JSON.stringify(command).length > 8000) violations.push(`command ${name}: over 8,000 characters`);
    const options = list(command.options);
    const firstOptional = options.findIndex((option) => option.required !== true);
    if (firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required === true)) {
      violations.push(`command ${name}: required option after an optional one`);
    }
    for (const holder of [command, ...options]) {
      for (const key of ["name_localizations", "description_localizations"]) {
        if (!isObject(holder[key])) continue;
        for (const locale of Object.keys(holder[key]))
          if (!LOCALES.has(locale)) violations.push(`command ${name}: no locale ${locale}`);
      }
    }
  }
  return { violations, remarks };
}

function flatten(components: readonly Json[]): Json[] {
  return components.flatMap((component) => [
    component,
    ...flatten(list(component.components)),
    ...(isObject(component.accessory) ? [component.accessory] : []),
  ]);
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
