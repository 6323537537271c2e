import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { ENTRIES } from "#support/matters.ts";
import { type Item, rss, writePack } from "#support/packs.ts";
import { DECISION, decision } from "#support/pdf/documents.ts";
import { type Program, startProgram } from "#support/program.ts";

const FEEDS = ["courier", "ledger", "beacon"];

/** What one test plays in: a folder, a feed server, and the processes that it starts; all of it ends with the test. */
type Scene = {
  readonly folder: string;
  readonly server: FeedServer;
  readonly discord: LoopbackDiscord;
  /** Serves feeds of ten entries each, every entry about another matter, and writes their pack. */
  publish(feeds?: readonly string[]): string;
  /** `policywire run` with a pack and the scene's data folder. */
  run(pack: string, options?: { readonly once?: boolean; readonly bot?: Record<string, string> }): Program;
};

const it = test.extend<{ scene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the pattern to learn what the fixture needs.
  scene: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "policywire-run-"));
    const server = await startFeedServer();
    const discord = await startDiscord();
    const started: Program[] = [];
    await use({
      folder,
      server,
      discord,
      publish: (feeds = FEEDS) => publish(server, folder, feeds),
      run: (pack, { once = false, bot = {} } = {}) => {
        const options = ["--pack", pack, "--data", join(folder, "data"), ...(once ? ["--once"] : [])];
        const program = startProgram(["run", ...options], bot);
        started.push(program);
        return program;
      },
    });
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.map(({ ended }) => ended));
    await discord.close();
    await server.close();
    rmSync(folder, { recursive: true });
  },
});

function publish(server: FeedServer, folder: string, feeds: readonly string[]): string {
  const hour = 3_600_000;
  const now = Date.now();
  for (const [feed, name] of feeds.entries()) {
    const items: Item[] = Array.from({ length: 10 }, (_, index) => {
      const { title, text } = ENTRIES[feed * 10 + index]!;
      return {
        id: `${name}-${index}`,
        title,
        text,
        at: new Date(now - (index * 3 + feed + 1) * hour),
      };
    });
    server.answer(`/${name}`, { body: rss(server.origin, items), conditional: true });
  }
  return writePack(
    join(folder, "pack"),
    feeds.map((id) => ({ id, url: `${server.origin}/${id}` })),
  );
}

const TITLES = new Set(ENTRIES.map(({ title }) => title));
const titles = (output: string) => output.split("\n").filter((line) => TITLES.has(line));

it.concurrent("the first round prints the ten newest stories; a second run posts nothing", async ({ scene }) => {
  const pack = scene.publish();
  const first = scene.run(pack, { once: true });
  expect(await first.ended, first.errors()).toBe(0);
  expect(titles(first.output())).toHaveLength(10);
  expect(first.output()).toMatch(/^Threatened · .*audit scope, penalties$/im);
  expect(first.output()).toMatch(
    /3 feeds: 3 read, 0 unchanged, 0 failed · 30 new articles · \d+ stories opened, \d+ updated · 10 posts/,
  );

  const second = scene.run(pack, { once: true });
  expect(await second.ended).toBe(0);
  expect(titles(second.output())).toEqual([]);
  expect(second.output()).toContain("3 feeds: 0 read, 3 unchanged, 0 failed · 0 new articles");
});

it.concurrent("killed in the middle and started again, it prints every post exactly once", async ({ scene }) => {
  const pack = scene.publish();
  const printed: string[] = [];
  const killed = scene.run(pack, { once: true });
  await killed.says("[1] The");
  killed.child.kill("SIGKILL");
  expect(await killed.ended).toBe("SIGKILL");
  printed.push(...titles(killed.output()));
  const rest = scene.run(pack, { once: true });
  expect(await rest.ended, rest.errors()).toBe(0);
  printed.push(...titles(rest.output()));
  expect(printed).toHaveLength(10);
  expect(new Set(printed).size).toBe(10);
});

it.concurrent("without a network each feed fails with a sentence, and the demo is named once", async ({ scene }) => {
  const ports = await Promise.all([1, 2, 3].map(() => startFeedServer()));
  const feeds = ports.map(({ origin }, index) => ({ id: `feed${index}`, url: `${origin}/feed` }));
  await Promise.all(ports.map((each) => each.close()));
  const run = scene.run(writePack(join(scene.folder, "pack"), feeds), { once: true });
  expect(await run.ended).toBe(0);
  expect(run.errors()).toMatch(/^ {2}The feed0: .+\.$/m);
  expect(run.errors().match(/npm run demo/g)).toHaveLength(1);
  expect(run.output()).toContain("3 feeds: 0 read, 0 unchanged, 3 failed");
});

it.concurrent("Ctrl-C ends it cleanly", async ({ scene }) => {
  const run = scene.run(scene.publish());
  await run.says("10 posts");
  run.child.kill("SIGINT");
  expect(await run.ended, run.errors()).toBe(0);
});

describe.concurrent("as a Discord bot", () => {
  /** Written for this test: the shape of story that the product was founded on. */
  const STANDOFF = {
    id: "standoff",
    title: "Department weighs civil penalty against AI developer as audit talks stall",
    text:
      "The Department of Commerce is considering a civil penalty against a frontier model developer, people familiar " +
      "with the talks said on Tuesday. Negotiators still disagree on the scope of audits, on how soon an incident must " +
      "be reported, on the capability thresholds that set duties off, and on a monitor embedded at the company.",
  };

  it.concurrent("a channel that follows gets the article that comes next, and nothing older: once, though Discord hangs and the bot is stopped within 10 s", async ({
    scene,
    expect,
  }) => {
    const { discord, server } = scene;
    const channel = discord.addChannel(discord.addGuild("Policy team"), "news");
    const bot = { DISCORD_TOKEN: discord.token, DISCORD_API: discord.api };
    const pack = scene.publish(["ledger"]);

    const run = scene.run(pack, { bot });
    await run.says("round ended");
    const preview = await discord.people.type("follow", { point: "penalties" }, { channel });
    await discord.people.press(preview.message!, "Follow", { channel });
    run.child.kill("SIGTERM");
    expect(await run.ended, run.errors()).toBe(0);
    expect(discord.messagesIn(channel)).toEqual([]);

    const soon = new Date(Date.now() + 5_000);
    server.answer("/ledger", { body: rss(server.origin, [{ ...STANDOFF, at: soon }]) });
    discord.faults.next({ kind: "hang", when: "after" }, { route: "POST /channels/:/messages" });
    const hanging = scene.run(pack, { once: true, bot });
    await expect.poll(() => discord.messagesIn(channel)).toHaveLength(1);
    const told = performance.now();
    hanging.child.kill("SIGTERM");
    expect(await hanging.ended, hanging.errors()).toBe(0);
    expect(performance.now() - told).toBeLessThan(14_000);

    const next = scene.run(pack, { bot });
    const looks = () => discord.received.filter(({ route }) => route === "GET /channels/:/messages");
    await expect.poll(looks).toHaveLength(1);
    next.child.kill("SIGTERM");
    expect(await next.ended, next.errors()).toBe(0);
    const messages = discord.messagesIn(channel);
    expect(messages).toHaveLength(1);
    const said = JSON.stringify(messages[0]);
    expect(said).toContain("Department weighs civil penalty");
    expect(said).toContain("Threatened");
    expect(said).toContain("reported, unconfirmed");
    expect(discord.violations).toEqual([]);
  });

  it.concurrent("a regulator's PDF becomes one card that cites its pages; one without text, what its feed said", async ({
    scene,
    expect,
  }) => {
    const { discord, server, folder } = scene;
    const channel = discord.addChannel(discord.addGuild("Policy team"), "news");
    const bot = { DISCORD_TOKEN: discord.token, DISCORD_API: discord.api };
    server.answer("/office", { body: rss(server.origin, []) });
    const office = { id: "office", url: `${server.origin}/office`, kind: "regulator", fullText: "auto" } as const;
    const pack = writePack(join(folder, "pack"), [office]);
    const run = scene.run(pack, { bot });
    await run.says("round ended");
    const preview = await discord.people.type("follow", { point: "audit-scope" }, { channel });
    await discord.people.press(preview.message!, "Follow", { channel });
    run.child.kill("SIGTERM");
    expect(await run.ended, run.errors()).toBe(0);

    const soon = new Date(Date.now() + 5_000);
    const [fine, survey] = [
      {
        id: "14.pdf",
        title: "Decision 14/2026 on Pellworm Systems",
        text: "The regulator, the Office of Model Safety, fines Pellworm Systems for refusing an audit of its AI model.",
        at: soon,
      },
      {
        id: "15.pdf",
        title: "Department opens survey of audits of frontier models in hospitals",
        text: "The department asks every hospital by which artificial intelligence its patients are sorted, and who audits that.",
        at: soon,
      },
    ] as const;
    const pdf = { headers: { "content-type": "application/pdf" } };
    server.answer("/office", { body: rss(server.origin, [fine, survey]) });
    server.answer("/14.pdf", { ...pdf, body: decision() });
    server.answer("/15.pdf", { ...pdf, body: "%PDF-1.7\n1 0 obj << /Length 9 >> stream\n" });
    const next = scene.run(pack, { once: true, bot });
    expect(await next.ended, next.errors()).toBe(0);

    const cards = discord.messagesIn(channel).map(({ embeds: [embed] }) => embed!);
    expect(cards.map(({ title }) => title).toSorted()).toEqual([fine.title, survey.title]);
    const textOf = (of: { readonly title: string }) =>
      String(cards.find(({ title }) => title === of.title)?.description);
    const [, said = ""] = textOf(fine).split("\n\n");
    const cited = [...said.matchAll(/([^\])]+) \[\\\[1, p\.\u00a0(\d)\\\]\]\((\S+)\)/g)];
    expect(cited.length).toBeGreaterThan(0);
    for (const [, sentence, page, url] of cited) {
      expect(DECISION[Number(page) - 1]!.join(" ")).toContain(sentence!.trim());
      expect(url).toBe(`${server.origin}/14.pdf#page=${page}`);
    }
    expect(textOf(fine)).toContain("imposes on Pellworm Systems a fine of 3 million crowns");
    expect(textOf(survey)).toContain(`${survey.text} [\\[1\\]](${server.origin}/15.pdf)`);
    expect(discord.violations).toEqual([]);
  });

  it.concurrent("a wrong token is said plainly and never repeated", async ({ scene }) => {
    const token = "wrong.token.indeed";
    const run = scene.run(scene.publish(["ledger"]), { bot: { DISCORD_TOKEN: token, DISCORD_API: scene.discord.api } });
    expect(await run.ended).toBe(1);
    expect(run.errors()).toMatch(/token/i);
    expect(run.output() + run.errors()).not.toContain(token);
  });
});
