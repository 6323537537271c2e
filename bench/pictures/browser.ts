import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as afterMs } from "node:timers/promises";
import WebSocket from "ws";

/** A page of a headless Chromium. */
export type Page = {
  /** The page at this width in pixels, as high as it is, as WebP. */
  picture(html: string, width: number): Promise<Buffer>;
  close(): Promise<void>;
};

/** How long the browser may take to start. */
const STARTS_MS = 30_000;

type Answer = { readonly id?: number; readonly result?: Record<string, unknown>; readonly error?: unknown };

/** Opens the browser `CHROMIUM` (`chromium` if left out), driven by its own DevTools protocol; it reaches no network. */
export async function openPage(): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), "policywire-pictures-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0"];
  const browser = spawn(process.env.CHROMIUM ?? "chromium", [...flags, `--user-data-dir=${folder}`, "about:blank"], {
    stdio: "ignore",
  });
  const socket = new WebSocket(await addressIn(folder, Date.now() + STARTS_MS));
  await once(socket, "open");
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.on("message", (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let count = 0;
  const ask = async (method: string, params: object = {}): Promise<Record<string, unknown>> => {
    const id = ++count;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result = {}, error } = await answered;
    waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  };
  const { frameTree } = (await ask("Page.getFrameTree")) as { frameTree: { frame: { id: string } } };
  return {
    async picture(html, width) {
      const metrics = { width, height: 100, deviceScaleFactor: 1, mobile: false };
      await ask("Emulation.setDeviceMetricsOverride", metrics);
      await ask("Page.setDocumentContent", { frameId: frameTree.frame.id, html });
      const ready = "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode())])";
      const expression = `${ready}.then(() => document.body.scrollHeight)`;
      const { result } = (await ask("Runtime.evaluate", { expression, awaitPromise: true })) as {
        result: { value: number };
      };
      await ask("Emulation.setDeviceMetricsOverride", { ...metrics, height: result.value });
      const { data } = await ask("Page.captureScreenshot", { format: "webp", quality: 80 });
      return Buffer.from(String(data), "base64");
    },
    async close() {
      socket.close();
      const gone = once(browser, "exit");
      browser.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The address of the first page, once the browser has written where it listens. */
async function addressIn(folder: string, until: number): Promise<string> {
  const file = join(folder, "DevToolsActivePort");
  while (Date.now() < until) {
    const [port = ""] = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (port !== "") {
      const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
        type: string;
        webSocketDebuggerUrl: string;
      }[];
      const page = pages.find(({ type }) => type === "page");
      if (page !== undefined) return page.webSocketDebuggerUrl;
    }
    await afterMs(100);
  }
  throw new Error("Chromium did not start: install it, or name it in CHROMIUM.");
}
