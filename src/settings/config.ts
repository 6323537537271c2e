import { isIP } from "node:net";
import { z } from "zod";
import { CARD_STYLES } from "#model/delivery.ts";
import { FEED_KEY } from "#model/pack-fields.ts";
import type { Proxies } from "#pipeline/fetch/agents.ts";
import type { WriterSettings } from "#pipeline/summarize/hosted/hosted.ts";
import { VENDORS, vendorOf } from "#pipeline/summarize/hosted/vendors.ts";
import manifest from "../../package.json" with { type: "json" };
import { LOG_LEVELS } from "./log.ts";
import type { Problem } from "./problem.ts";

/** CIDR notation, such as 10.0.0.0/8 or fd00::/8. */
function isNetwork(text: string): boolean {
  const [address = "", bits = "", ...more] = text.split("/");
  const version = isIP(address);
  return version > 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function decodes(url: string): boolean {
  try {
    return decodeURIComponent(url) !== "";
  } catch {
    return false;
  }
}

/** Parted by commas. */
const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((part) => part.trim() || []));

/** 32 bytes in hex or base64. */
const KEY = /^(?:[0-9a-f]{64}|[a-z\d+/]{43}=?)$/i;

const ceiling = z.coerce.number({ error: "not a number" }).int().positive();

const webAddress = z.url({ protocol: /^https?$/, error: "not a web address" });

const port = z
  .string()
  .regex(/^\d{1,5}$/, "not a port")
  .transform(Number)
  .refine((number) => number > 0 && number < 65_536, "not a port")
  .optional();

/** Names with a dot by which a server of ours may be asked for. */
const names = list
  .refine((all) => all.every((name) => URL.parse(`http://${name}`)?.host === name), "not a list of names")
  .meta({ remedy: "Write names in lower case, parted by commas: bot.example.org. Addresses and localhost need none." });

/** A proxy's address; most programs take one without its scheme. */
const proxy = z
  .string()
  .transform((text) => (/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`))
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? "") && decodes(text), "not the address of a proxy")
  .optional()
  .meta({
    remedy: "Write http://user:password@host:port, odd characters of the password encoded, or http://host:port.",
  });

/** Every setting, its form and its default: .env.example says the same for people, and a test holds the two together. */
const Settings = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, "it holds white space")
    .optional()
    .meta({ remedy: "Paste the token from the Bot page of Discord's developer portal, with no quotes or spaces." }),
  DISCORD_API: webAddress
    .default("https://discord.com/api")
    .meta({ remedy: "Give the REST base of a Discord-compatible server, such as https://discord.com/api." }),
  DISCORD_CARDS: z
    .enum(CARD_STYLES, { error: `not one of ${CARD_STYLES.join(", ")}` })
    .default("embeds")
    .meta({ remedy: `Choose ${CARD_STYLES.join(" or ")}.` }),
  OPERATORS_CHANNEL: z
    .string()
    .regex(/^\d{17,20}$/, "not the id of a channel")
    .optional()
    .meta({ remedy: "Copy the channel's id in Discord (developer mode, Copy Channel ID): 17 to 20 digits." }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "not a PostgreSQL address" })
    .refine(decodes, "its password holds a % that is not written %25")
    .optional()
    .meta({
      remedy:
        "Write postgres://user:password@host:5432/database, with a password of odd characters in DATABASE_PASSWORD instead, or leave it out for the embedded database.",
    }),
  DATABASE_PASSWORD: z.string().optional().meta({ remedy: "Give the password of DATABASE_URL's user as it is." }),
  POLICYWIRE_PACK: z.string().default("feeds/ai-policy").meta({ remedy: "Name a folder that holds feeds.yaml." }),
  POLICYWIRE_DATA: z.string().default("data").meta({ remedy: "Name a folder that can be written to." }),
  POLICYWIRE_KEY: z
    .string()
    .refine((text) => text.split(/\s+/).every((key) => KEY.test(key)), "not a key of 32 bytes")
    .optional()
    .meta({
      remedy:
        "Write 32 bytes in base64, as `openssl rand -base64 32` gives them; or two such keys, parted by a space, while you change them.",
    }),
  FEED_ALLOW_NETWORKS: list
    .refine((networks) => networks.every(isNetwork), "not a list of networks")
    .meta({ remedy: "Write networks in CIDR notation, parted by commas: 10.1.0.0/16,fd00::/8." }),
  HTTP_PROXY: proxy,
  HTTPS_PROXY: proxy,
  NO_PROXY: z.string().default("").meta({ remedy: "Write names and addresses, parted by commas." }),
  FEED_CONTACT: webAddress
    .optional()
    .meta({ remedy: "Give a page that says who runs this bot: it is sent to every site in the User-Agent." }),
  SUMMARY_MODEL: z
    .string()
    .refine((name) => vendorOf(name) !== null, `not a vendor/model, with a vendor of ${VENDORS.join(", ")}`)
    .optional()
    .meta({
      remedy: "Write vendor/model, such as anthropic/claude-haiku-4-5, or leave it out: summaries need no model.",
    }),
  SUMMARY_API_KEY: z
    .string()
    .regex(/^\S+$/, "it holds white space")
    .optional()
    .meta({ remedy: "Paste the key from the vendor's console, with no quotes or spaces." }),
  SUMMARY_API_URL: webAddress
    .optional()
    .meta({ remedy: "Give the base of the model's API, such as http://localhost:11434/v1." }),
  SUMMARY_DAILY_TOKENS: z.coerce
    .number({ error: "not a number" })
    .int()
    .positive()
    .default(200_000)
    .meta({ remedy: "Give the tokens, in and out together, that a day may cost at most: a whole number." }),
  SUMMARY_PRICES: z
    .string()
    .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/, "not two prices")
    .optional()
    .meta({ remedy: "Write dollars per million tokens, in and out: 1/5." }),
  POSTS_PER_FEED: ceiling
    .default(12)
    .meta({ remedy: "Give how many posts one feed may bring to one channel within an hour: a whole number." }),
  POSTS_PER_CHANNEL: ceiling
    .default(30)
    .meta({ remedy: "Give how many posts one channel may get within an hour: a whole number." }),
  STATUS_PORT: port.meta({ remedy: "Write a number from 1 to 65535, or leave it out for no status pages." }),
  STATUS_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => isIP(host) > 0, "not an address")
    .meta({ remedy: "Write the address to listen on: 127.0.0.1, or 0.0.0.0 inside a container." }),
  STATUS_NAMES: names,
  WEB_PORT: port.meta({ remedy: "Write a number from 1 to 65535, or leave it out for no site." }),
  WEB_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => isIP(host) > 0, "not an address")
    .meta({ remedy: "Write the address to listen on: 127.0.0.1, or 0.0.0.0 with a WEB_TOKEN." }),
  WEB_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{20,200}$/, "not 20 to 200 characters without blanks")
    .optional()
    .meta({ remedy: "Make one that nobody guesses: openssl rand -hex 24." }),
  WEB_URL: webAddress
    .refine((url) => URL.parse(url)?.href === `${URL.parse(url)?.origin}/`, "not the root of a site")
    .optional()
    .meta({ remedy: "Write the address by which readers reach the site, without a path: https://news.example.org." }),
  WEB_NAMES: names,
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `not one of ${LOG_LEVELS.join(", ")}` })
    .optional()
    .meta({ remedy: "Choose error, warn, info or debug." }),
});

export const SETTING_NAMES = Object.keys(Settings.shape) as readonly (keyof typeof Settings.shape)[];

export const VERSION = manifest.version;

export type Config = ReturnType<typeof configOf>;

type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  /** `config` is what the faultless settings make, so that all else can be checked in the same run. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly config: Config };

/** The environment, parsed: an empty setting counts as absent. Values are never repeated in a problem: they may be secrets. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): ConfigOutcome {
  const given = Object.fromEntries(
    SETTING_NAMES.map((name) => {
      // Of proxies programs know both spellings, and the lower one first.
      const value =
        (name.endsWith("_PROXY") ? environment[name.toLowerCase()]?.trim() : "") || environment[name]?.trim();
      return [name, value || undefined];
    }),
  );
  const feedKeys = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const key = FEED_KEY.test(name) ? (value?.trim() ?? "") : "";
      return key === "" ? [] : [[name, key] as const];
    }),
  );
  const parsed = Settings.safeParse(given);
  if (parsed.success) {
    const config = configOf(parsed.data, feedKeys);
    return isLaidOpen(config.web) ? { ok: false, problems: [NO_TOKEN], config } : { ok: true, config };
  }
  const faulty = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name)));
  return { ok: false, problems: parsed.error.issues.map(problemOf), config: configOf(Settings.parse(rest), feedKeys) };
}

function configOf(settings: z.infer<typeof Settings>, feedKeys: Readonly<Record<string, string>>) {
  const { DISCORD_TOKEN, SUMMARY_API_KEY } = settings;
  const databaseUrl = addressOf(settings);
  return Object.freeze({
    discordToken: DISCORD_TOKEN ?? null,
    discordApi: settings.DISCORD_API,
    cardStyle: settings.DISCORD_CARDS,
    operatorsChannel: settings.OPERATORS_CHANNEL ?? null,
    databaseUrl,
    destinationKey: settings.POLICYWIRE_KEY ?? null,
    packDir: settings.POLICYWIRE_PACK,
    dataDir: settings.POLICYWIRE_DATA,
    allowNetworks: settings.FEED_ALLOW_NETWORKS,
    proxies: proxiesOf(settings),
    /** The keys of interfaces that sources ask for, by the names of their variables. */
    keys: (name: string): string | undefined => feedKeys[name],
    /** `Policywire/0.1.0 (+https://example.org/bot)`: honest, and with a page where the bot's owner can be reached. */
    userAgent: `Policywire/${VERSION}${settings.FEED_CONTACT ? ` (+${settings.FEED_CONTACT})` : ""}`,
    ceilings: { perFeed: settings.POSTS_PER_FEED, perChannel: settings.POSTS_PER_CHANNEL },
    statusPort: settings.STATUS_PORT ?? null,
    statusHost: settings.STATUS_HOST,
    statusNames: settings.STATUS_NAMES,
    web: webOf(settings),
    logLevel: settings.LOG_LEVEL ?? null,
    writer: writerOf(settings),
    /** What a log must never show. */
    secrets: [
      DISCORD_TOKEN ?? "",
      SUMMARY_API_KEY ?? "",
      settings.WEB_TOKEN ?? "",
      ...(settings.POLICYWIRE_KEY ?? "").split(/\s+/),
      ...Object.values(feedKeys),
      ...passwordOf(databaseUrl),
      ...passwordOf(settings.HTTP_PROXY ?? null),
      ...passwordOf(settings.HTTPS_PROXY ?? null),
    ].filter((secret) => secret !== ""),
  });
}

/** What is asked for on this machine needs no way out of a network. */
const OURSELVES = "localhost,127.0.0.1,::1";

/** As other programs read them: where there is none for https, that for http serves both. */
function proxiesOf({ HTTP_PROXY, HTTPS_PROXY, NO_PROXY }: z.infer<typeof Settings>): Proxies | null {
  if (HTTP_PROXY === undefined && HTTPS_PROXY === undefined) return null;
  return { http: HTTP_PROXY ?? null, https: HTTPS_PROXY ?? HTTP_PROXY ?? null, none: `${OURSELVES},${NO_PROXY}` };
}

/** The site: where it listens, and by what names readers ask for it. */
function webOf({ WEB_PORT, WEB_HOST, WEB_TOKEN, WEB_URL, WEB_NAMES }: z.infer<typeof Settings>) {
  const base = WEB_URL === undefined ? null : new URL(WEB_URL);
  return {
    port: WEB_PORT ?? null,
    host: WEB_HOST,
    token: WEB_TOKEN ?? null,
    base: base?.origin ?? null,
    names: [...WEB_NAMES, ...(base === null ? [] : [base.hostname])],
  };
}

/** Whether who is on another machine could read the site without a token. */
const isLaidOpen = ({ host, token }: ReturnType<typeof webOf>): boolean =>
  token === null && host !== "::1" && !host.startsWith("127.");

const NO_TOKEN: Problem = {
  file: "environment",
  line: null,
  path: "WEB_TOKEN",
  message: "none, while WEB_HOST is not of this machine alone",
  remedy: "Make one that nobody guesses (openssl rand -hex 24), or leave WEB_HOST out.",
};

/** How long a post may wait for a hosted model: readers do not notice, and a lease is far longer. */
const MODEL_DEADLINE_MS = 12_000;

/** The hosted model that words summaries, or null where the sources' own sentences do. */
function writerOf(settings: z.infer<typeof Settings>): WriterSettings | null {
  if (settings.SUMMARY_MODEL === undefined) return null;
  const [input, output] = (settings.SUMMARY_PRICES ?? "").split("/").map(Number);
  return {
    name: settings.SUMMARY_MODEL,
    apiKey: settings.SUMMARY_API_KEY ?? null,
    apiUrl: settings.SUMMARY_API_URL ?? null,
    dailyTokens: settings.SUMMARY_DAILY_TOKENS,
    prices: input === undefined || output === undefined ? null : { input, output },
    deadlineMs: MODEL_DEADLINE_MS,
  };
}

/** The address of the database with its password in it, whatever characters that is made of. */
function addressOf({ DATABASE_URL, DATABASE_PASSWORD }: z.infer<typeof Settings>): string | null {
  if (DATABASE_URL === undefined || DATABASE_PASSWORD === undefined) return DATABASE_URL ?? null;
  const address = new URL(DATABASE_URL);
  address.password = encodeURIComponent(DATABASE_PASSWORD);
  return address.href;
}

/** The password of an address, as written and as decoded. */
function passwordOf(url: string | null): string[] {
  const { password } = new URL(url ?? "postgres:");
  return [password, decodeURIComponent(password)];
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const name = String(issue.path[0]) as keyof typeof Settings.shape;
  const { remedy } = Settings.shape[name].meta() as { remedy: string };
  return { file: "environment", line: null, path: name, message: issue.message, remedy };
}
