import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#store/engine/database.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { startDiscord } from "#support/discord/discord.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { freePort } from "#support/free-port.ts";
import { type Item, rss, writePack } from "#support/packs.ts";
import { type Program, startProgram } from "#support/program.ts";

/** Nothing that was published before a feed was added is posted. */
const SOON_MS = 60_000;

const PENALTY: Omit<Item, "at"> = {
  id: "penalty",
  title: "Regulator proposes a civil penalty for an AI developer",
  text: "The regulator proposed a civil penalty against a developer of a frontier AI model, and asked for an audit.",
};

type Line = Readonly<Record<string, unknown>> & { readonly level: string; readonly message: string };

const linesOf = (program: Program): Line[] =>
  program
    .errors()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** What one metric says, by its labels as they are written: `{outcome="read"}`. */
function valuesOf(page: string, name: string): Record<string, number> {
  const lines = page.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(name.length, line.lastIndexOf(" ")),
      Number(line.slice(line.lastIndexOf(" ") + 1)),
    ]),
  );
}

const folder = mkdtempSync(join(tmpdir(), "policywire-watching-"));
const started: Program[] = [];
afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(folder, { recursive: true });
});

function start(pack: string, environment: Readonly<Record<string, string>>): Program {
  const program = startProgram(["run", "--pack", pack, "--data", join(folder, "data")], environment);
  started.push(program);
  return program;
}

/** As if the feeds so far had not been read since, and were due again. */
async function failForTwoDays(): Promise<void> {
  const opening = await openDatabase({ url: null, dataDir: join(folder, "data") });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  const failingSince = new Date(Date.now() - 2 * 86_400_000);
  for (const state of await feedStates(db))
    await saveFeedState(db, { ...state, failingSince, failureCount: 9, nextPollAt: failingSince });
  await close();
}

test("a bot at work counts every outcome on its metrics page, logs each in a line of its own without its secrets, and tells its operators", async () => {
  await using server = await startFeedServer();
  const discord = await startDiscord();
  const guild = discord.addGuild("Policy team");
  const channel = discord.addChannel(guild, "news");
  const operators = discord.addChannel(guild, "operators");
  const bot = { DISCORD_TOKEN: discord.token, DISCORD_API: discord.api, OPERATORS_CHANNEL: operators.id };
  const feed = (id: string) => ({ id, url: `${server.origin}/${id}` });
  server.answer("/office", { body: rss(server.origin, []) });
  const first = start(writePack(join(folder, "first"), [feed("office")]), bot);
  await first.says("round ended");
  const preview = await discord.people.type("follow", { point: "penalties" }, { channel });
  await discord.people.press(preview.message!, "Follow", { channel });
  first.child.kill("SIGTERM");
  await first.ended;

  await failForTwoDays();
  server.answer("/office", { status: 403 });

  // Three feeds that are new, and so due at once: one is read, one is not there, and one is no feed.
  const gazette = rss(server.origin, [{ ...PENALTY, at: new Date(Date.now() + SOON_MS) }]);
  const page = "<!doctype html><p>No feed.</p>";
  server.answer("/gazette", { body: gazette });
  server.answer("/page", { body: page, headers: { "content-type": "text/html" } });
  let away = true;
  discord.faults.plan = (route, path) => {
    if (!away || route !== "POST /channels/:/messages" || !path.includes(channel.id)) return null;
    away = false;
    return { kind: "status", status: 502, when: "before" };
  };
  const pack = writePack(join(folder, "second"), ["office", "gazette", "gone", "page"].map(feed));
  const port = await freePort();
  const run = start(pack, { ...bot, STATUS_PORT: String(port), LOG_LEVEL: "debug" });
  await run.says('"outcome":"posted"');
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  run.child.kill("SIGTERM");
  expect(await run.ended, run.errors()).toBe(0);
  const told = discord.messagesIn(operators).map(({ content }) => content);
  await discord.close();
  expect(told).toEqual([expect.stringMatching(/^The office .* has not been read for 2 days: .*403 Forbidden/)]);

  const metric = (name: string) => valuesOf(text, `policywire_${name}`);
  expect(metric("polls_total")).toEqual({ '{outcome="read"}': 1, '{outcome="unchanged"}': 0, '{outcome="failed"}': 3 });
  expect(metric("fetches_total")).toMatchObject({ '{outcome="fetched"}': 2, '{outcome="failed"}': 2 });
  expect(metric("fetched_bytes_total")).toEqual({ "": Buffer.byteLength(gazette) + Buffer.byteLength(page) });
  expect(metric("articles_new_total")).toEqual({ "": 1 });
  expect(metric("tags_total")).toEqual({
    '{point="audit-scope"}': 1,
    '{point="incident-reporting"}': 0,
    '{point="penalties"}': 1,
  });
  expect(metric("stories_total")).toMatchObject({ '{effect="opened"}': 1 });
  expect(metric("movements_total")).toMatchObject({ '{kind="opened"}': 1, '{kind="reversal"}': 0 });
  expect(metric("posts_total")).toMatchObject({
    '{attempt="post",outcome="posted"}': 1,
    '{attempt="post",outcome="retry"}': 1,
    '{attempt="edit",outcome="posted"}': 0,
  });
  expect(metric("discord_answers_total")['{code="502"}']).toBe(1);
  expect(metric("discord_answers_total")['{code="200"}']).toBeGreaterThan(0);
  expect(metric("deliveries")).toMatchObject({ '{state="due"}': 0, '{state="dead"}': 0 });
  expect(Object.keys(metric("feed_lag_seconds")).toSorted()).toEqual(
    ["gazette", "gone", "office", "page"].map((id) => `{feed="${id}"}`),
  );
  expect(metric("feeds_failing")).toEqual({ "": 3 });
  expect(valuesOf(text, "nodejs_eventloop_lag_p99_seconds")[""]).toBeGreaterThan(0);
  expect(valuesOf(text, "process_resident_memory_bytes")[""]).toBeGreaterThan(1_000_000);

  const lines = linesOf(run);
  const said = (message: string) => lines.filter((line) => line.message === message);
  expect(said("polled").toSorted((a, b) => String(a["feedId"]).localeCompare(String(b["feedId"])))).toEqual([
    expect.objectContaining({ level: "debug", feedId: "gazette", outcome: "read", articlesNew: 1 }),
    expect.objectContaining({
      level: "info",
      feedId: "gone",
      outcome: "failed",
      reason: expect.stringContaining("404"),
    }),
    expect.objectContaining({ level: "info", feedId: "office", outcome: "failed" }),
    expect.objectContaining({ level: "info", feedId: "page", outcome: "failed", reason: expect.any(String) }),
  ]);
  expect(said("post")).toEqual([
    expect.objectContaining({ level: "info", destination: channel.id, outcome: "retry", reason: expect.any(String) }),
    expect.objectContaining({
      level: "info",
      destination: channel.id,
      outcome: "posted",
      messageId: expect.any(String),
    }),
  ]);
  expect(lines.filter(({ message }) => message.startsWith("The office"))).toEqual([
    expect.objectContaining({ level: "warn" }),
  ]);
  expect(said("round ended")).toEqual([expect.objectContaining({ read: 1, unchanged: 0, failed: 3, articlesNew: 1 })]);
  for (const each of started) expect(each.output() + each.errors()).not.toContain(discord.token);
});
