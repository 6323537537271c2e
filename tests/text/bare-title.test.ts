import { expect, test } from "vitest";
import { bareTitle } from "#text/bare-title.ts";

const bare = (title: string, text = ""): string => {
  const { start, end } = bareTitle(title, (label) => label.match(/\p{L}+/gu)!.some((word) => text.includes(word)));
  return title.slice(start, end).trim();
};

test.each([
  "Rel: Iowa sues Netherby over audits",
  "[Video] Iowa sues Netherby over audits",
  "(Audio) Iowa sues Netherby over audits",
  "UPDATE 1-Iowa sues Netherby over audits",
  "CORRECTED-Iowa sues Netherby over audits",
  "BREAKING - Iowa sues Netherby over audits",
  "Docket 24-113: Iowa sues Netherby over audits",
  "Opinion | Iowa sues Netherby over audits",
  "Iowa sues Netherby over audits - The Westmark Herald-Tribune",
  "Iowa sues Netherby over audits | Courier",
  "LIVE: Iowa sues Netherby over audits [updated]",
])("what an outlet puts around a title is none of it: %s", (title) => {
  expect(bare(title)).toBe("Iowa sues Netherby over audits");
});

test.each([
  ["Iowa: governor signs bill", "The governor of Iowa signed the bill."],
  ["Ministers promise to publish every audit: watchdog", ""],
  ["AI-powered audits begin in Iowa", ""],
  ["Iowa sues Netherby over audits", ""],
])("what a title or its text says is no label: %s", (title, text) => {
  expect(bare(title, text)).toBe(title);
});
