/** `npm run bench -- NAME [OPTION…]`: measures one thing and prints a table. Each file beside this one is a measurement. */
type Bench = { readonly bench: (args: readonly string[]) => Promise<void> };

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  chaos: () => import("./chaos.ts"),
  latency: () => import("./latency.ts"),
  docs: () => import("./docs.ts"),
  hostile: () => import("./hostile/hostile.ts"),
  deadlines: () => import("./deadlines.ts"),
  extraction: () => import("./extraction.ts"),
  growth: () => import("./growth/growth.ts"),
  kills: () => import("./kills.ts"),
  scale: () => import("./scale/scale.ts"),
  judge: () => import("./judge.ts"),
  dropped: () => import("./dropped.ts"),
  general: () => import("./general.ts"),
  vectors: () => import("./vectors.ts"),
  memory: () => import("./memory.ts"),
  pictures: () => import("./pictures/pictures.ts"),
  parse: () => import("./parse.ts"),
  play: () => import("./play.ts"),
  prune: () => import("./prune.ts"),
  "replay-kills": () => import("./replay-kills.ts"),
  sagas: () => import("./sagas.ts"),
  soak: () => import("./soak.ts"),
  workers: () => import("./workers.ts"),
  quotes: () => import("./quotes.ts"),
  tag: () => import("./tag.ts"),
  identifiers: () => import("./identifiers.ts"),
  languages: () => import("./languages.ts"),
  lookups: () => import("./lookups.ts"),
  web: () => import("./web.ts"),
  stories: () => import("./stories/stories.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load === undefined) {
  process.stderr.write(`Which? ${Object.keys(BENCHES).join(", ")}\n`);
  process.exitCode = 2;
} else {
  await (await load()).bench(args);
}
