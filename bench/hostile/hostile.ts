import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MINUTE_MS } from "#model/time.ts";
import { rss, writePack } from "#support/packs.ts";
import { inFolder, optionsOf } from "../options.ts";
import { freePorts } from "../scale/load.ts";
import { figure, startRole } from "../scale/program.ts";
import { CASES, type Case, filled, PUBLISHED } from "./cases.ts";

/** How often the health page is asked for. */
const PROBE_MS = 10;

/** The longest silence of the health page, and heap above that of a usual feed, that are accepted. */
const MOST_SILENCE_MS = 250;
const MOST_HEAP_MB = 200;

/** The next feed is stored within this; what is read at last, and never, is given up within the other. */
const ON_TIME_MS = 5_000;
const GIVE_UP_MS = MINUTE_MS;

/** A while of watching after all is read: the page of an article, and the post, come later. */
const AFTERWARDS_MS = 1_500;

/** Large enough to be read in a thread. */
const LARGE_BYTES = 1024 * 1024;

/** A page that was sent is in its reader's hands. */
const PAGE_SENT_MS = 500;

type Seen = {
  readonly silenceMs: number;
  readonly heapMb: number;
  readonly nextMs: number;
  readonly fault: string | null;
};

/**
 * The real program against sites that are made to hold it up, one after the other: how long its health page was silent, how far
 * its heap grew, and when the feed that comes next was stored.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("hostile", args, { only: undefined });
  const only = values.only;
  const cases = CASES.filter(({ name }, at) => at === 0 || only === undefined || name.includes(only));
  let usual: Seen | null = null;
  let faults = 0;
  process.stdout.write("silence    heap above usual   next feed after\n");
  for (const one of cases) {
    const seen = await tryOne(one);
    usual ??= seen;
    const heapMb = Math.max(0, seen.heapMb - usual.heapMb);
    const late = seen.nextMs > ON_TIME_MS;
    const isFault = seen.fault !== null || seen.silenceMs > MOST_SILENCE_MS || heapMb > MOST_HEAP_MB || late;
    if (isFault) faults += 1;
    const cells = [`${seen.silenceMs.toFixed(0)} ms`, `${heapMb.toFixed(0)} MB`, `${seen.nextMs.toFixed(0)} ms`];
    const [silence = "", heap = "", next = ""] = cells;
    process.stdout.write(
      `${silence.padEnd(11)}${heap.padEnd(19)}${next.padEnd(10)} ${isFault ? "FAULT " : ""}${one.name}${seen.fault === null ? "" : `: ${seen.fault}`}\n`,
    );
  }
  process.stdout.write(`${cases.length} sites, ${faults} faults\n`);
  if (faults > 0) process.exitCode = 1;
}

const tryOne = (site: Case): Promise<Seen> => inFolder("hostile", (folder) => tryIn(folder, site));

async function tryIn(folder: string, site: Case): Promise<Seen> {
  await using served = await serve(site);
  const pack = writePack(join(folder, "pack"), [
    { id: "hostile", url: `http://127.0.0.2:${served.port}/feed`, fullText: "auto" },
    { id: "next", url: `http://127.0.0.3:${served.port}/next` },
    // What a process does for the first time takes longer than ever again.
    { id: "first", url: `http://127.0.0.4:${served.port}/first` },
  ]);
  const [statusPort = 0] = await freePorts(1);
  const settings = { POLICYWIRE_PACK: pack, POLICYWIRE_DATA: join(folder, "data"), FEED_ALLOW_NETWORKS: "127.0.0.0/8" };
  await using program = await startRole("run", statusPort, settings);
  let over: string | null = null;
  void program.ended.then((code) => {
    over = `the program ended with ${code}`;
  });
  while (pollsIn(await program.metrics()) < 1) await pause(100);
  await pause(AFTERWARDS_MS);
  const probe = watch(`http://127.0.0.1:${statusPort}/healthz`);
  const started = performance.now();
  served.release();
  let [nextMs, heapMb] = [GIVE_UP_MS, 0];
  const end = started + GIVE_UP_MS;
  for (let readAt = 0; performance.now() < end && over === null; await pause(100)) {
    const page = await program.metrics().catch(() => "");
    heapMb = Math.max(heapMb, (figure(page, "nodejs_heap_size_used_bytes") ?? 0) / 2 ** 20);
    const polls = pollsIn(page) - 1;
    const lag = page.split("\n").some((line) => line.includes('feed_lag_seconds{feed="next"}'));
    if (polls >= 1 && nextMs === GIVE_UP_MS && served.nextAsked() && lag) nextMs = performance.now() - started;
    if (polls >= 2 && readAt === 0) readAt = performance.now();
    if (readAt > 0 && performance.now() - readAt > AFTERWARDS_MS) break;
  }
  const silenceMs = await probe.end();
  const unread = served.unread();
  return { silenceMs, heapMb, nextMs, fault: over ?? (unread === null ? null : `its ${unread} was not asked for`) };
}

const pollsIn = (metrics: string): number =>
  metrics
    .split("\n")
    .filter((line) => line.startsWith("policywire_polls_total{"))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);

/** Asks for a page again and again, and tells the longest time without an answer. */
function watch(url: string) {
  let [last, longest, stopped] = [performance.now(), 0, false];
  const asking = (async () => {
    while (!stopped) {
      await fetch(url, { signal: AbortSignal.timeout(GIVE_UP_MS) }).then(
        (answer) => answer.arrayBuffer(),
        () => {},
      );
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      await pause(PROBE_MS);
    }
  })();
  return {
    async end(): Promise<number> {
      stopped = true;
      await asking;
      return longest;
    },
  };
}

/** Serves the site and an honest feed on every address of loopback; neither answers before it is released. */
async function serve({ feed, headers, robots, page, beside = false }: Case) {
  const waiting: (() => void)[] = [];
  let [released, nextAsked] = [false, false];
  const seen = new Set<"robots" | "page">();
  const paged = Promise.withResolvers<void>();
  if (!beside) paged.resolve();
  const whenReleased = (answer: () => void) => (released ? answer() : void waiting.push(answer));
  const honest = rss("https://next.example", [
    { id: "1", title: "Department weighs civil penalty for AI", text: "An audit of the AI is due.", at: new Date() },
  ]);
  const next = beside ? honest.replace("<item>", `<!--${filled(" ", LARGE_BYTES)}--><item>`) : honest;
  const answers: Readonly<Record<string, (response: ServerResponse, host: string) => unknown>> = {
    "/feed": (response) =>
      response.writeHead(200, { "content-type": "application/rss+xml", ...headers }).end(servedNow(feed, port)),
    "/next": async (response) => {
      await paged.promise;
      nextAsked = true;
      response.writeHead(200, { "content-type": "application/rss+xml" }).end(next);
    },
    "/robots.txt": (response, host) => {
      if (host.startsWith("127.0.0.2")) seen.add("robots");
      response.writeHead(robots === undefined ? 404 : 200).end(robots ?? "");
    },
  };
  const first = servedNow(CASES[0]!.feed, 9);
  const server = createServer((request, response) => {
    if (request.url === "/first")
      return void response.writeHead(200, { "content-type": "application/rss+xml" }).end(first);
    const answer =
      answers[request.url ?? ""] ??
      ((other: ServerResponse) => {
        other.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html" }).end(page ?? "");
        seen.add("page");
        // By then it is being read.
        void pause(PAGE_SENT_MS).then(paged.resolve);
      });
    whenReleased(() => answer(response, request.headers.host ?? ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    nextAsked: () => nextAsked,
    /** What of the case nobody looked at, so that it showed nothing. */
    unread: () =>
      robots !== undefined && !seen.has("robots")
        ? "robots.txt"
        : page !== undefined && !seen.has("page")
          ? "page"
          : null,
    release() {
      released = true;
      for (const answer of waiting.splice(0)) answer();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Articles of the site stand on the site, and are of today. */
const servedNow = (feed: Uint8Array, port: number): Uint8Array =>
  feed.length > 2 ** 22
    ? feed
    : Buffer.from(
        Buffer.from(feed)
          .toString("latin1")
          .replaceAll("https://board.example/", `http://127.0.0.2:${port}/`)
          .replaceAll(PUBLISHED, new Date().toUTCString()),
        "latin1",
      );
