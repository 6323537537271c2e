import { z } from "zod";
import type { Asked, Kind } from "./kind.ts";

/** Settings as they were typed, by field. */
export type Typed = Readonly<Record<string, string>>;

const typedSchema = z.record(z.string(), z.string());

export const typedFrom = (text: string): Typed => typedSchema.parse(JSON.parse(text));

export type Field = Asked & { readonly name: string; readonly optional: boolean };

/** What a kind asks for, in its own order. */
export function fieldsOf({ settings }: Pick<Kind, "settings">): readonly Field[] {
  return Object.entries(settings.shape).map(([name, field]) => ({
    name,
    optional: (field as z.ZodType).safeParse(undefined).success,
    ...((field as z.ZodType).meta() as Asked),
  }));
}

/** A shorter one may stand in any sentence, and protects nothing. */
const SHORTEST_SECRET = 6;

/** What must be shown nowhere: secret settings, and each word of them. */
export function secretsIn(kind: Pick<Kind, "settings">, typed: Typed): readonly string[] {
  const secret = fieldsOf(kind).flatMap(({ name, secret }) => (secret === true ? [typed[name] ?? ""] : []));
  return secret.flatMap((text) => [text, ...text.split(/\s+/)]).filter((text) => text.length >= SHORTEST_SECRET);
}

/** The same text without secrets. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
