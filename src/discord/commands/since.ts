import { timestamp } from "#discord/escape.ts";
import type { Db } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";

/** Since when news is read, and when it last was: what came before is nowhere to be found, and silence is not "no news". */
export async function sinceText(db: Db): Promise<string> {
  const read = (await feedStates(db)).flatMap(({ addedAt, lastSuccessAt }) =>
    lastSuccessAt === null ? [] : [{ addedAt, lastSuccessAt }],
  );
  const [first] = read;
  if (first === undefined) return "No feed has been read yet.";
  const since = read.reduce((oldest, { addedAt }) => (addedAt < oldest ? addedAt : oldest), first.addedAt);
  const last = read.reduce((newest, { lastSuccessAt: at }) => (at > newest ? at : newest), first.lastSuccessAt);
  return `Policywire reads since ${timestamp(since, "f")}; feeds were last read ${timestamp(last)}.`;
}
