import { Command } from "commander";
import { loadPack } from "#app/pack.ts";
import { complain, problemLine } from "#app/problem.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import { type Tagging, tagsOn } from "#model/tag.ts";
import { compileRules, type Rules, tag } from "#pipeline/tag/tag.ts";
import { articlesSince } from "#store/articles.ts";
import { ageMs } from "./latest.ts";
import { type Library, type LookUpOptions, lookUp } from "./look-up.ts";

const THIRTY_DAYS_MS = 30 * 86_400_000;
/** Articles read from the store at once. */
const PAGE = 500;
/** Articles shown for what a point gains, and as many for what it loses. */
const EXAMPLES = 3;

type Asked = Pick<LookUpOptions, "data"> & {
  readonly pack: string;
  readonly against?: string;
  readonly since?: number;
};

/** `policywire backtest`: what a changed pack would have made of the articles of the store. */
export function backtestCommand(): Command {
  return new Command("backtest")
    .description("replay stored articles through a changed pack: what each friction point would gain and lose")
    .requiredOption("--pack <dir>", "the changed pack")
    .option("--against <dir>", "the pack to compare it with (default: POLICYWIRE_PACK)")
    .option("--since <age>", "articles first seen in the last 12h, 7d, 2w … (default: 30d)", ageMs)
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (asked: Asked) => {
      const { against, data } = asked;
      const where = { ...(against === undefined ? {} : { pack: against }), ...(data === undefined ? {} : { data }) };
      process.exitCode = await lookUp(where, async (library) => {
        const changed = loadPack(asked.pack);
        if (!changed.ok) return complain(changed.problems.map(problemLine));
        const since = new Date(Date.now() - (asked.since ?? THIRTY_DAYS_MS));
        process.stdout.write(await backtestText(library, changed.pack, since));
        return 0;
      });
    });
}

type Change = { readonly gained: string[]; readonly lost: string[]; gains: number; losses: number };

/** A line for each point that changes, with examples; then relevance. Articles are tagged anew by both packs. */
export async function backtestText({ db, pack }: Library, changed: Pack, since: Date): Promise<string> {
  const [before, after] = [compileRules(pack), compileRules(changed)];
  const changes = new Map<string, Change>();
  let articles = 0;
  for (let last = 0; ; ) {
    const page = await articlesSince(db, { after: last, since, limit: PAGE });
    for (const article of page) {
      const [old, next] = [namesOf(article, before), namesOf(article, after)];
      for (const name of next) if (!old.has(name)) note(changes, name, "gain", article);
      for (const name of old) if (!next.has(name)) note(changes, name, "loss", article);
    }
    articles += page.length;
    last = page.at(-1)?.id ?? last;
    if (page.length < PAGE) break;
  }
  const lines = [...changes]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, change]) => changeText(name, change));
  const head = `${articles} articles first seen since ${since.toISOString().slice(0, 10)}, ${changes.size === 0 ? "nothing changes" : "what changes"}:`;
  return `${[changes.size === 0 ? head.replace(/:$/, ".") : head, ...lines].join("\n")}\n`;
}

const RELEVANT = "(relevant)";

/** What readers would notice: the points that are certain, and whether the article is news at all. */
function namesOf(article: StoredArticle, rules: Rules): ReadonlySet<string> {
  const feed = rules.pack.feeds.find(({ id }) => id === article.feedId);
  const { relevant, tags }: Tagging = tag(article, rules, feed);
  const points = tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));
  return new Set(relevant ? [...points, RELEVANT] : points);
}

function note(changes: Map<string, Change>, name: string, kind: "gain" | "loss", { title, url }: StoredArticle): void {
  const change = changes.get(name) ?? { gained: [], lost: [], gains: 0, losses: 0 };
  changes.set(name, change);
  if (kind === "gain") change.gains += 1;
  else change.losses += 1;
  const examples = kind === "gain" ? change.gained : change.lost;
  if (examples.length < EXAMPLES) examples.push(`    ${kind === "gain" ? "+" : "−"} ${title}  ${url}`);
}

const changeText = (name: string, { gained, lost, gains, losses }: Change): readonly string[] => [
  `  ${name}: ${gains} gained, ${losses} lost`,
  ...gained,
  ...lost,
];
