import { Buffer } from "node:buffer";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "#support/browser.ts";

/** What pictures are taken with. */
export type Camera = {
  /** A page of this width in pixels, on which whatever is opened is as tall as it is, or as so many pixels. */
  open(width: number, options?: BrowserContextOptions): Promise<Shown>;
  close(): Promise<void>;
};

export type Shown = { readonly page: Page; take(tallest?: number): Promise<Buffer> };

/** Opens a browser that takes pictures as WebP. */
export async function openCamera(): Promise<Camera> {
  const browser = await openBrowser();
  return {
    open: (width, options) => openPage(browser, width, options),
    close: () => browser.close(),
  };
}

async function openPage(browser: Browser, width: number, options: BrowserContextOptions = {}): Promise<Shown> {
  const context = await browser.newContext({ ...options, viewport: { width, height: 100 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  return {
    page,
    async take(tallest = Number.POSITIVE_INFINITY) {
      await page.setViewportSize({ width, height: 100 });
      const ready = "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode())])";
      const height = await page.evaluate<number>(`${ready}.then(() => document.body.scrollHeight)`);
      await page.setViewportSize({ width, height: Math.min(height, tallest) });
      const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
      return Buffer.from(data, "base64");
    },
  };
}
