import { randomUUID } from "node:crypto";
import { z } from "zod";
import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import { type KeySource, keysOf, keysToSeal } from "./keys.ts";
import type { Kind, Means } from "./kind.ts";
import { KINDS, kindNamed } from "./kinds.ts";
import { isSealedByFirst, seal, unseal } from "./seal.ts";
import { createSender, type SenderOptions } from "./send.ts";
import { type Field, fieldsOf, secretsIn, type Typed, typedFrom, withoutSecrets } from "./settings.ts";

type Named = Pick<NamedDestination, "kind" | "name">;
type Refused = { readonly kind: "refused"; readonly faults: readonly string[] };

const refused = (...faults: readonly string[]): Refused => ({ kind: "refused", faults });

/** What whoever sets destinations up works with. */
export function createWorkshop(source: KeySource) {
  const opened = async ({ kind: name, ...named }: Named & Pick<NamedDestination, "sealed">) => {
    const kind = await kindNamed(name);
    if (kind === null) return refused(`This version of Policywire knows no destinations of the kind ${name}.`);
    const unsealed = unseal(named.sealed, keyOfNamed({ kind: name, name: named.name }), keysOf(source));
    if (unsealed.kind === "refused") return refused(unsealed.reason);
    return { kind: "opened", by: kind, typed: typedFrom(unsealed.text) } as const;
  };
  return {
    kinds: Object.keys(KINDS),
    /** Null for none of the name. */
    async describe(name: string) {
      const kind = await kindNamed(name);
      return kind === null ? null : { does: kind.does, holds: kind.holds, fields: fieldsOf(kind) };
    },
    /** The JSON schema of what a kind sends; null where people read it. */
    async schema(name: string) {
      const says = (await kindNamed(name))?.says;
      return says === undefined ? null : `${JSON.stringify(z.toJSONSchema(says, { override: plainly }), null, 2)}\n`;
    },
    /** What was typed, read and sealed; faults name fields and never repeat what was typed. */
    async seal(named: Named, typed: Typed) {
      const kind = await kindNamed(named.kind);
      if (kind === null) return refused(`There are no destinations of the kind ${named.kind}.`);
      const faults = faultsIn(kind, typed);
      if (faults.length > 0) return refused(...faults);
      const keys = keysToSeal(source);
      if (keys === null) return refused(source.dataDir === null ? NO_KEY : NO_FILE);
      const sealed = seal(JSON.stringify(typed), keyOfNamed(named), keys);
      return { kind: "sealed", sealed, leadsTo: kind.shown(typed) } as const;
    },
    /** The settings of one as they were typed, secret ones too; to be shown to nobody. */
    async typed(destination: NamedDestination) {
      const open = await opened(destination);
      return open.kind === "refused" ? open : ({ kind: "typed", typed: open.typed } as const);
    },
    /** Sends a test, and says what came back. */
    async test(
      destination: NamedDestination,
      given: Omit<Means, "send" | "lookup"> & Pick<SenderOptions, "allowNetworks">,
    ) {
      const open = await opened(destination);
      if (open.kind === "refused") return open;
      const { by: kind, typed } = open;
      const sender = createSender(given);
      const receiver = kind.open(typed, { ...given, send: sender.send, lookup: sender.lookup });
      try {
        const content = { kind: "test" } as const;
        const key = randomUUID().replaceAll("-", "").padEnd(KEY_LENGTH, "0");
        const sent = await receiver.send({
          ...{ key, content, at: given.clock(), destination: destination.name, mayRepeat: false },
        });
        if (sent.kind === "sent") return { kind: "arrived" } as const;
        return refused(withoutSecrets(sent.reason, secretsIn(kind, typed)));
      } finally {
        await receiver.close?.();
        await sender.close();
      }
    },
    /** Whether it is sealed by another key than the first. */
    isOutdated: ({ sealed }: Pick<NamedDestination, "sealed">) => !isSealedByFirst(sealed, keysOf(source)),
  };
}

/** As long as the hash that other messages are known by. */
const KEY_LENGTH = 43;

const NO_KEY =
  "POLICYWIRE_KEY is not set, which is to seal the settings. Give all workers the same: 32 bytes in base64, as `openssl rand -base64 32` writes them.";
const NO_FILE =
  "destinations.key, beside the database, holds no key. Put back the one that was there, or remove the file.";

/** What a format says need no pattern say again, and every number of a program is a safe one. */
function plainly({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function faultsIn(kind: Kind, typed: Typed): readonly string[] {
  const fields = fieldsOf(kind);
  const strangers = Object.keys(typed).filter((name) => !fields.some((field) => field.name === name));
  const unknown = strangers.map(
    (name) => `There is no setting ${name}: it has ${fields.map(({ name }) => name).join(", ")}.`,
  );
  const missing = fields.filter(({ name, optional }) => !optional && typed[name] === undefined);
  const read = kind.settings.safeParse(typed);
  const wrong = read.success ? [] : read.error.issues.filter(({ path }) => typed[String(path[0])] !== undefined);
  return [
    ...unknown,
    ...missing.map(({ name, asks }: Field) => `${name} is missing. ${asks}.`),
    ...wrong.map(({ path, message }) => `${path.join(".")}: ${message}`),
  ];
}
