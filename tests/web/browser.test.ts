import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumPath, openBrowser } from "#support/browser.ts";
import type { Stage } from "#support/discord/bot.ts";
import { serveSite } from "#support/web/site.ts";
import { PAGES, playedWeek } from "#support/web/week.ts";
import type { WebServer } from "#web/serve.ts";

const TOKEN = "a-token-that-nobody-guesses";

/** What a first visit may weigh over the wire: the page and its style. */
const MOST_BYTES = 50 * 1024;

/** What a finger needs: https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced */
const LEAST_TARGET = 44;

const name = chromiumPath() === null ? "in a browser (left out: there is no chromium here)" : "in a browser";

describe.skipIf(chromiumPath() === null)(name, () => {
  let stage: Stage;
  let site: WebServer;
  let browser: Browser;

  beforeAll(async () => {
    stage = await playedWeek();
    site = await serveSite(stage, { clock: stage.clock });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await stage?.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return context.newPage();
  }

  test.each([360, 1_200])("nothing hinders those who see, hear or press otherwise, at %i px", async (width) => {
    const page = await open({ viewport: { width, height: 800 } });
    const strangers: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${site.url}/`)) strangers.push(request.url());
    });
    page.on("console", (message) => {
      if (message.location().url !== `${site.url}/nothing`) complaints.push(message.text());
    });
    for (const path of PAGES) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(`${site.url}${path}`);
      await page.evaluate(axe.source);
      expect(await faultsOn(page), path).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await faultsOn(page), `${path}, dark`).toEqual([]);
      expect(await page.evaluate("document.scripts.length"), path).toBe(0);
      expect(await page.evaluate(SHIFTED), path).toBe(0);
      expect(await page.evaluate(OVERFLOWS), path).toBe(false);
    }
    expect([strangers, complaints]).toEqual([[], []]);
  });

  test("the narrowest phone scrolls one way, and a finger meets what it means", async () => {
    const page = await open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
    for (const path of PAGES) {
      await page.goto(`${site.url}${path}`);
      expect(await page.evaluate(OVERFLOWS), path).toBe(false);
      expect(await page.evaluate(SMALL_TARGETS), path).toEqual([]);
    }
  });

  test("a first visit weighs little", async () => {
    for (const path of PAGES) {
      const page = await open();
      let bytes = 0;
      const sized: Promise<void>[] = [];
      page.on("requestfinished", (request) => {
        const size = async () => {
          const { responseBodySize, responseHeadersSize } = await request.sizes();
          bytes += responseBodySize + responseHeadersSize;
        };
        sized.push(size());
      });
      await page.goto(`${site.url}${path}`, { waitUntil: "load" });
      await Promise.all(sized);
      expect(bytes, path).toBeGreaterThan(1_000);
      expect(bytes, path).toBeLessThan(MOST_BYTES);
    }
  });

  test("the keyboard reaches everything in its order, seen at each step, and is held nowhere", async () => {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 1_200, height: 800 } });
    for (const path of ["/", "/stories/1", "/deadlines"]) {
      await page.goto(`${site.url}${path}`);
      const reachable = (await page.evaluate(FOCUSABLE)) as number;
      const met: string[] = [];
      for (;;) {
        await page.keyboard.press("Tab");
        const focus = (await page.evaluate(FOCUS)) as { readonly at: string; readonly seen: boolean } | null;
        if (focus === null || met.length > reachable) break;
        expect(focus, path).toMatchObject({ seen: true });
        met.push(focus.at);
      }
      expect(met[0], path).toBe("Skip to the content");
      expect(met, path).toHaveLength(reachable);
    }
    await page.goto(`${site.url}/`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(page.url()).toBe(`${site.url}/#content`);
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
  });

  test("without a script a list is narrowed, a story is opened and a phone's menu unfolds", async () => {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 700 } });
    await page.goto(site.url);
    await page.getByText("Filter", { exact: true }).click();
    await page.getByLabel("Place").selectOption({ label: "European Union" });
    await page.getByRole("button", { name: "Show" }).click();
    expect(page.url()).toBe(`${site.url}/?place=EU`);
    await page.getByRole("link", { name: /^Commission fines Vireo/ }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Commission fines Vireo");
    await page.getByText("Menu").click();
    await page.getByRole("link", { name: "Deadlines", exact: true }).click();
    expect(page.url()).toBe(`${site.url}/deadlines`);
    await page.goto(`${site.url}/stories/3`);
    expect(await page.textContent(".note")).toBe(
      "Sources differ: $2.1 billion (The Capitol Ledger, 19 Nov 2026) or $1.6 billion (Model & Meter, 19 Nov 2026)",
    );
  });

  test("who has signed in stays so by a link from anywhere, and by no form of another site", async () => {
    const closed = await serveSite(stage, { clock: stage.clock, token: TOKEN });
    onTestFinished(() => closed.close());
    const elsewhere = createServer((_, response) =>
      response
        .writeHead(200, { "content-type": "text/html" })
        .end(
          `<a href="${closed.url}/stories/1">A story</a><form method="post" action="${closed.url}/sign-out"><button>Out</button></form>`,
        ),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void elsewhere.close());
    // Another site to a browser, as its name is another.
    const foreign = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;

    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${closed.url}/deadlines`);
    await page.getByLabel("Token").fill("a guess");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.getByRole("alert").textContent()).toBe("This token is not known here.");
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(page.url()).toBe(`${closed.url}/deadlines`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Deadlines");

    await page.goto(foreign);
    await page.getByText("A story").click();
    await page.getByRole("heading", { name: /^Commission fines Vireo/, level: 1 }).waitFor();
    await page.goto(foreign);
    await page.getByText("Out").click();
    expect(await page.textContent("body")).toContain("This form was sent from another site.");
    await page.goto(closed.url);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Latest developments");
    await page.getByRole("button", { name: "Sign out" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Sign in");
  });
});

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong, however serious. */
async function faultsOn(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`)) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** What moved after it was first drawn, as browsers measure it (cumulative layout shift). */
const SHIFTED = `new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
})`;

const OVERFLOWS = "document.documentElement.scrollWidth > innerWidth";

const SHOWN = "(one) => one.checkVisibility({ contentVisibilityAuto: true }) && one.getClientRects().length > 0";

/** Links that stand in a sentence are as high as its line; all else is for a finger. */
const SMALL_TARGETS = `[...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
  .filter(${SHOWN})
  .filter((one) => !one.matches(".skip") && getComputedStyle(one).display !== "inline")
  .filter((one) => one.getBoundingClientRect().height < ${LEAST_TARGET})
  .map((one) => one.outerHTML)`;

const FOCUSABLE = `[...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")].filter(${SHOWN}).length`;

const FOCUS = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const { width, height } = one.getBoundingClientRect();
  return { at: one.textContent, seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && width > 1 && height > 1 };
})()`;
