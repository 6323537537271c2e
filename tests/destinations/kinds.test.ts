import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { KINDS } from "#destinations/kinds.ts";
import { createWorkshop } from "#destinations/workshop.ts";
import { destinationFrom } from "#model/destination.ts";

const NAMES = Object.keys(KINDS);

test.each(NAMES)("%s says of every setting what is asked for, and keeps something secret", async (name) => {
  const { settings } = await KINDS[name]!();
  const asked = Object.values(settings.shape).map((field) => field.meta());
  expect(asked).toEqual(asked.map(() => expect.objectContaining({ asks: expect.stringMatching(/^[A-Z].{10}/) })));
  expect(asked.some((one) => one?.["secret"] === true)).toBe(true);
});

test.each(NAMES)("%s can tell stories, and be tested", async (name) => {
  const { holds } = await KINDS[name]!();
  expect(holds).toEqual(expect.arrayContaining(["story", "digest", "test"]));
});

test.each(NAMES)("what is owed to a %s is told from all else by its key", (name) => {
  expect(name).toMatch(/^[a-z]+$/);
  expect(destinationFrom(`${name}:3`)).toBe(`${name}:3`);
});

test("what a webhook is sent is written down as it is", async () => {
  const schema = await createWorkshop({ given: null, dataDir: null }).schema("webhook");
  expect(readFileSync("docs/webhook.schema.json", "utf8")).toBe(schema);
});
