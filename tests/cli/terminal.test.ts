import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cardText, createTerminal } from "#cli/terminal.ts";
import { card } from "#support/samples.ts";

const PLAIN = { colour: false, width: 80 };

test("a card shows title, facts, cited sentences, sources and time", () => {
  const text = cardText(
    card({
      sentences: [
        { text: "The department is weighing a penalty.", source: 1 },
        { text: "“We will not sign,” the company said.", source: 2 },
      ],
      sources: [
        { name: "The Gazette", url: "https://gazette.example/1", primary: false },
        { name: "Department of Records", url: "https://records.example/2", primary: true },
      ],
      moreSources: 3,
    }),
    PLAIN,
  );
  expect(text).toBe(`Department weighs penalty
Threatened · reported, unconfirmed · US · penalties and fines
  The department is weighing a penalty. [1] “We will not sign,” the company
  said. [2]
  [1] The Gazette  https://gazette.example/1
  [2] Department of Records (primary source)  https://records.example/2
  also: 3 more sources · 24 Nov 2026, 08:00 UTC · story 7

`);
});

test("a sentence of a document is cited with its page", () => {
  const pages = { from: 3, to: 3, url: "https://gazette.example/1#page=3" };
  const text = cardText(card({ sentences: [{ text: "The fine is due.", source: 1, pages }] }), PLAIN);
  expect(text).toContain("\n  The fine is due. [1, p. 3]\n");
});

test("what the sources do not say is left out, not made up", () => {
  const text = cardText(card({ headline: "" }), PLAIN);
  expect(text).toMatch(/^Department weighs penalty\n {2}The department/);
});

test("a later revision says what changed first", () => {
  expect(cardText(card({ change: "The court stayed the order." }), PLAIN)).toContain(
    "\n  What changed: The court stayed the order.\n",
  );
});

test("a feed cannot move the cursor, recolour the screen or turn the text around", () => {
  const text = cardText(card({ title: "Alert \u001b[2J\u009b31m\u202egnp.exe", sources: [] }), PLAIN);
  expect(text.split("\n")[0]).toBe("Alert [2J 31m gnp.exe");
});

test("colour only when asked for", () => {
  expect(cardText(card(), PLAIN)).not.toContain("\u001b");
  expect(cardText(card(), { ...PLAIN, colour: true })).toContain("\u001b[1m");
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-terminal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a card that was printed and not settled is not printed again by the next process", async () => {
  const screen = join(folder, "screen.txt");
  const descriptor = openSync(screen, "a");
  const claim = {
    deliveryId: 1,
    storyId: 7,
    revision: 1,
    destination: "terminal",
    attempts: 1,
    messageId: null,
    sagaMessageId: null,
  };
  for (const attempts of [1, 2]) {
    const post = createTerminal(descriptor, folder, PLAIN);
    expect(await post({ ...claim, attempts }, card())).toEqual({ kind: "posted", messageId: "7.1" });
  }
  expect(readFileSync(screen, "utf8").match(/Department weighs penalty/g)).toHaveLength(1);
  await createTerminal(descriptor, folder, PLAIN)({ ...claim, revision: 2 }, card({ revision: 2 }));
  expect(readFileSync(screen, "utf8").match(/Department weighs penalty/g)).toHaveLength(2);
  closeSync(descriptor);
});
