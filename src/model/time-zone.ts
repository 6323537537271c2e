/**
 * Time zones as people say them: an IANA name, a city, or an abbreviation. `several` offers the zones that an abbreviation may
 * mean: none of them is guessed, for half the world's are shared (BST is London's summer and Dhaka's year), and what a library
 * reads in one is a place that nobody meant.
 */
export type ZoneFound =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "several"; readonly zones: readonly string[] }
  | { readonly kind: "unknown" };

/** Every zone by its IANA name, UTC first. */
export const TIME_ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** Cities that no zone is named for, or no more: seats of those who make policy, and names that changed. */
const CITIES: Readonly<Record<string, string>> = {
  beijing: "Asia/Shanghai",
  bern: "Europe/Zurich",
  boston: "America/New_York",
  brasilia: "America/Sao_Paulo",
  canberra: "Australia/Sydney",
  geneva: "Europe/Zurich",
  "ho chi minh city": "Asia/Ho_Chi_Minh",
  kathmandu: "Asia/Kathmandu",
  kolkata: "Asia/Kolkata",
  kyiv: "Europe/Kyiv",
  "new delhi": "Asia/Kolkata",
  ottawa: "America/Toronto",
  sacramento: "America/Los_Angeles",
  "san francisco": "America/Los_Angeles",
  strasbourg: "Europe/Paris",
  "the hague": "Europe/Amsterdam",
  washington: "America/New_York",
  yangon: "Asia/Yangon",
};

/**
 * What an abbreviation may mean: cities whose clocks show it today, of each country that uses it. From the IANA data base; those
 * that it gives to no city any more are not here.
 */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  acst: ["Australia/Adelaide", "Australia/Darwin"],
  aest: ["Australia/Sydney", "Australia/Brisbane"],
  aedt: ["Australia/Sydney"],
  akst: ["America/Anchorage"],
  ast: ["America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"],
  awst: ["Australia/Perth"],
  bst: ["Europe/London", "Asia/Dhaka", "Pacific/Bougainville"],
  cat: ["Africa/Maputo"],
  cdt: ["America/Chicago", "America/Havana"],
  cest: ["Europe/Brussels", "Europe/Paris", "Europe/Berlin"],
  cet: ["Europe/Brussels", "Europe/Paris", "Europe/Berlin", "Africa/Algiers"],
  cst: ["America/Chicago", "America/Mexico_City", "Asia/Shanghai", "America/Havana"],
  eat: ["Africa/Nairobi"],
  edt: ["America/New_York", "America/Toronto"],
  eest: ["Europe/Athens", "Europe/Helsinki", "Europe/Bucharest"],
  eet: ["Europe/Athens", "Europe/Helsinki", "Europe/Bucharest", "Africa/Cairo"],
  est: ["America/New_York", "America/Toronto", "America/Panama"],
  hst: ["Pacific/Honolulu"],
  ist: ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
  jst: ["Asia/Tokyo"],
  kst: ["Asia/Seoul"],
  mdt: ["America/Denver", "America/Edmonton"],
  msk: ["Europe/Moscow"],
  mst: ["America/Denver", "America/Phoenix", "America/Edmonton"],
  nst: ["America/St_Johns"],
  nzdt: ["Pacific/Auckland"],
  nzst: ["Pacific/Auckland"],
  pdt: ["America/Los_Angeles", "America/Vancouver"],
  pkt: ["Asia/Karachi"],
  pst: ["America/Los_Angeles", "America/Vancouver", "Asia/Manila"],
  sast: ["Africa/Johannesburg"],
  sgt: ["Asia/Singapore"],
  wat: ["Africa/Lagos"],
  west: ["Europe/Lisbon"],
  wet: ["Europe/Lisbon"],
};

/** Lower case, without accents, as a city is typed: `Sao_Paulo`, `são paulo` and `SAO PAULO` are one. */
const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("_", " ").trim().toLowerCase();

/** `America/Argentina/Buenos_Aires` -> `buenos aires`. */
const cityOf = (zone: string): string => folded(zone.slice(zone.lastIndexOf("/") + 1));

const BY_CITY: ReadonlyMap<string, string> = new Map([
  ...TIME_ZONES.map((zone) => [cityOf(zone), zone] as const),
  ...Object.entries(CITIES),
]);

/** `Berlin`, `europe/berlin`, `US/Eastern`, `UTC`: what is none of these is unknown, whatever a library makes of it. */
export function findTimeZone(typed: string): ZoneFound {
  const text = folded(typed);
  const zone = TIME_ZONES.find((one) => folded(one) === text) ?? BY_CITY.get(text) ?? linkOf(typed.trim());
  if (zone !== undefined) return { kind: "zone", zone };
  if (text === "gmt" || text === "z") return { kind: "zone", zone: "UTC" };
  const zones = Object.hasOwn(ABBREVIATIONS, text) ? (ABBREVIATIONS[text] ?? []) : [];
  return zones.length > 0 ? { kind: "several", zones } : { kind: "unknown" };
}

/** A name that the data base keeps for an older or newer one, such as `US/Eastern` or `Europe/Kyiv`; none without a slash. */
function linkOf(name: string): string | undefined {
  if (!/^[a-z]+\/[\w/+-]+$/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Zones to choose from while somebody types, the likeliest first: what it names, cities that begin so, names that hold it. */
export function zonesLike(typed: string): readonly string[] {
  const text = folded(typed);
  if (text === "") return [...new Set([...Object.values(CITIES), ...TIME_ZONES])];
  const found = findTimeZone(typed);
  const exact = found.kind === "zone" ? [found.zone] : found.kind === "several" ? found.zones : [];
  const begun = [...BY_CITY].filter(([city]) => city.startsWith(text)).map(([, zone]) => zone);
  return [...new Set([...exact, ...begun, ...TIME_ZONES.filter((zone) => folded(zone).includes(text))])];
}
