import { readFileSync } from "node:fs";
import { PermissionFlagsBits, RESTJSONErrorCodes } from "discord.js";
import { describe, expect, it } from "vitest";
import { meaningOf } from "#discord/codes.ts";
import { BOT_PERMISSIONS } from "#support/discord/world.ts";

const documented = [...new Set(Object.values(RESTJSONErrorCodes).filter((code) => typeof code === "number"))];

describe("the codes of Discord's documentation", () => {
  it("all stand in the table, but for 0, which says nothing", () => {
    expect(documented.length).toBeGreaterThan(200);
    expect(documented.filter((code) => meaningOf(code) === undefined)).toEqual([0]);
  });

  it.each([
    [10003, "gone"],
    [10008, "message-gone"],
    [50001, "forbidden"],
    [50013, "forbidden"],
    [50007, "closed"],
    [50278, "closed"],
    [50083, "archived"],
    [160002, "no-reply"],
    [160005, "no-thread"],
    [160006, "no-thread"],
    [40333, "later"],
    [130000, "later"],
    [200000, "moderated"],
    [40033, "done"],
    [50035, "rejected"],
  ] as const)("%i means %s", (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning);
  });
});

it("the tests' bot has the rights that README asks for, and no more", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const asked = /the permissions\s([^;]*);/.exec(readme)?.[1] ?? "";
  const names = [...asked.matchAll(/_([^_]+)_/g)].map(([, name = ""]) => name);
  expect(names).toHaveLength(7);
  const nameOf = (name: string) =>
    name === "View Channels" ? "ViewChannel" : name.replaceAll(" ", "").replace("inT", "InT");
  const bits = names.map((name) => PermissionFlagsBits[nameOf(name) as keyof typeof PermissionFlagsBits]);
  expect(bits.reduce((all, bit) => all | bit, 0n)).toBe(BOT_PERMISSIONS);
});
