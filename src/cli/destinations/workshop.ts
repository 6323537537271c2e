import type { NamedDestination } from "#model/destination.ts";
import type { Pack } from "#model/pack.ts";
import type { Config } from "#settings/config.ts";

/** A setting of a kind of destination. */
export type Field = {
  readonly name: string;
  readonly asks: string;
  readonly secret?: boolean | undefined;
  readonly optional: boolean;
};

/** A kind of destination, for whoever sets one up. */
export type Described = { readonly does: string; readonly holds: readonly string[]; readonly fields: readonly Field[] };

export type Typed = Readonly<Record<string, string>>;

type Named = Pick<NamedDestination, "kind" | "name">;
type Refused = { readonly kind: "refused"; readonly faults: readonly string[] };

/** What the kinds of destinations do for whoever sets them up; the app has it made of them. */
export type Workshop = {
  readonly kinds: readonly string[];
  describe(kind: string): Promise<Described | null>;
  schema(kind: string): Promise<string | null>;
  seal(
    named: Named,
    typed: Typed,
  ): Promise<{ readonly kind: "sealed"; readonly sealed: string; readonly leadsTo: string } | Refused>;
  typed(destination: NamedDestination): Promise<{ readonly kind: "typed"; readonly typed: Typed } | Refused>;
  test(destination: NamedDestination, pack: Pack): Promise<{ readonly kind: "arrived" } | Refused>;
  isOutdated(destination: NamedDestination): boolean;
};

/** Opened where it is wanted, on the settings of the command. */
export type OpenWorkshop = (config: Pick<Config, "databaseUrl" | "dataDir">) => Promise<Workshop>;
