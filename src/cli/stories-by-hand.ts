import { Command, InvalidArgumentError } from "commander";
import type { Library } from "#answers/question.ts";
import type { Decide, Decision } from "#model/decision.ts";
import { complain } from "#settings/problem.ts";
import { storiesById } from "#store/stories.ts";
import { changeStore, type LookUpOptions } from "./look-up.ts";

/** What main makes of store and worker: how a decision is carried out. */
export type OpenDecide = (library: Library) => Promise<Decide>;

/** `stories merge | split | move | close | reopen | name`: what a person decides, also while the bot runs. */
export function byHandCommands(openDecide: OpenDecide): readonly Command[] {
  const decide = async (decision: Decision, options: LookUpOptions) => {
    process.exitCode = await changeStore(options, async (library) => {
      const decided = await (await openDecide(library))(decision, null);
      if (decided.kind === "refused") return complain([decided.reason]);
      process.stdout.write(await standingText(decision, decided.storyIds, library));
      return 0;
    });
  };
  const command = (name: string, description: string) =>
    new Command(name)
      .description(description)
      .option("--pack <dir>", "the pack in use (default: POLICYWIRE_PACK)")
      .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)");
  return [
    command("merge", "join stories that are about one development")
      .argument("<into>", "the story that stays", id)
      .argument("<from...>", "the stories that become part of it", ids)
      .action((into: number, from: readonly number[], options: LookUpOptions) =>
        decide({ kind: "merge", into, from }, options),
      ),
    command("split", "open a story with articles of another")
      .argument("<story>", "the story that keeps the rest", id)
      .argument("<article...>", "the articles that leave it, as `latest --json` numbers them", ids)
      .action((storyId: number, articleIds: readonly number[], options: LookUpOptions) =>
        decide({ kind: "split", storyId, articleIds }, options),
      ),
    command("move", "put an article into another story, or into one of its own")
      .argument("<article>", "the article, as `latest --json` numbers it", id)
      .argument("<story>", "the story it belongs to, or `new`", (text) => (text === "new" ? null : id(text)))
      .action((articleId: number, storyId: number | null, options: LookUpOptions) =>
        decide({ kind: "move", articleId, storyId }, options),
      ),
    command("close", "end a running dispute: none of its stories is joined again")
      .argument("<saga>", "the `sagaId` of its stories in `latest --json`", id)
      .action((sagaId: number, options: LookUpOptions) => decide({ kind: "close", sagaId }, options)),
    command("reopen", "go on with a dispute that was closed")
      .argument("<saga>", "the `sagaId` of its stories in `latest --json`", id)
      .action((sagaId: number, options: LookUpOptions) => decide({ kind: "reopen", sagaId }, options)),
    command("name", "call a running dispute by a name of yours; without one, by the name that its articles give it")
      .argument("<saga>", "its number, as `stories saga` shows it", id)
      .argument("[words...]", "the name")
      .action((sagaId: number, words: readonly string[], options: LookUpOptions) =>
        decide({ kind: "name", sagaId, name: words.length === 0 ? null : words.join(" ") }, options),
      ),
  ];
}

/** A line for each story as it stands now. */
async function standingText(decision: Decision, storyIds: readonly number[], { db }: Library): Promise<string> {
  if (decision.kind === "close") return `Saga ${decision.sagaId} is closed.\n`;
  if (decision.kind === "reopen") return `Saga ${decision.sagaId} is open again.\n`;
  if (decision.kind === "name")
    return `Saga ${decision.sagaId} is called ${decision.name === null ? "as its articles name it" : `“${decision.name}”`}.\n`;
  const lines = (await storiesById(db, storyIds)).map(
    ({ id, title, articleCount }) =>
      `Story ${id} has ${articleCount} ${articleCount === 1 ? "article" : "articles"}: ${title}\n`,
  );
  return lines.join("");
}

export function id(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("Write its number.");
  return Number(text);
}

const ids = (text: string, earlier: readonly number[] = []): readonly number[] => [...earlier, id(text)];
