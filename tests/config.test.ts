import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { loadConfig, SETTING_NAMES } from "#settings/config.ts";
import { problemLine } from "#settings/problem.ts";

const problemsOf = (environment: Record<string, string>) => {
  const outcome = loadConfig(environment);
  return outcome.ok ? [] : outcome.problems.map(problemLine);
};

test("an empty environment is a working configuration", () => {
  expect(loadConfig({})).toMatchObject({
    ok: true,
    config: { discordToken: null, databaseUrl: null, packDir: "feeds/ai-policy", dataDir: "data", allowNetworks: [] },
  });
});

test("an empty setting counts as absent", () => {
  expect(loadConfig({ DISCORD_TOKEN: "", LOG_LEVEL: " " })).toMatchObject({
    ok: true,
    config: { discordToken: null, logLevel: null },
  });
});

test("every wrong setting is named at once, with what to do, and no value is repeated", () => {
  const problems = problemsOf({
    DISCORD_TOKEN: "two words",
    DISCORD_API: "ftp://example.org",
    DATABASE_URL: "mysql://user:hush@host/db",
    FEED_ALLOW_NETWORKS: "10.0.0.0/8, 10.0.0.0/99",
    LOG_LEVEL: "loud",
  });
  expect(problems).toHaveLength(5);
  expect(problems[4]).toBe(
    "environment: LOG_LEVEL: not one of error, warn, info, debug. Choose error, warn, info or debug.",
  );
  expect(problems.join()).not.toMatch(/hush|two words|loud/);
});

test("networks are read in both families", () => {
  expect(loadConfig({ FEED_ALLOW_NETWORKS: "127.0.0.0/8, fd00::/8" })).toMatchObject({
    config: { allowNetworks: ["127.0.0.0/8", "fd00::/8"] },
  });
});

test("the database's password and the token are secrets", () => {
  const outcome = loadConfig({ DISCORD_TOKEN: "t0ken", DATABASE_URL: "postgres://u:p%40ss@h/db" });
  expect(outcome).toMatchObject({ config: { secrets: ["t0ken", "p%40ss", "p@ss"] } });
});

test(".env.example names every setting and no other", () => {
  const named = readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm);
  expect([...named].map((match) => match[1])).toEqual(SETTING_NAMES);
});

test("a password with a bare % is a fault of the setting, not a crash", () => {
  expect(problemsOf({ DATABASE_URL: "postgres://me:100%@host/db" })).toEqual([
    expect.stringMatching(/^environment: DATABASE_URL: its password holds a %/),
  ]);
});

test("a password of any characters reaches PostgreSQL as it is, and is a secret however it is written", () => {
  for (const password of ["a@b:c/d#e?f%g", "100%25", "'\"\\ $x&=[é]"]) {
    const { config } = loadConfig({ DATABASE_URL: "postgres://me@host:5433/db", DATABASE_PASSWORD: password });
    const client = new pg.Client({ connectionString: config.databaseUrl ?? "" });
    const { user, host, port, database } = client;
    expect([user, host, port, database, client.password]).toEqual(["me", "host", 5433, "db", password]);
    expect(config.secrets).toContain(password);
  }
});

test("DATABASE_PASSWORD stands in for the one in the address, and is nothing without an address", () => {
  const both = { DATABASE_URL: "postgres://me:old@host/db?sslmode=require", DATABASE_PASSWORD: "new" };
  expect(loadConfig(both).config.databaseUrl).toBe("postgres://me:new@host/db?sslmode=require");
  expect(loadConfig({ DATABASE_PASSWORD: "new" }).config.databaseUrl).toBeNull();
});

test("a site for more than this machine needs a token, and its names are those of its address too", () => {
  expect(problemsOf({ WEB_HOST: "0.0.0.0" })).toEqual([expect.stringMatching(/^environment: WEB_TOKEN: none, while/)]);
  for (const WEB_HOST of ["127.0.0.2", "::1"]) expect(problemsOf({ WEB_HOST })).toEqual([]);
  expect(problemsOf({ WEB_TOKEN: "short" })).toEqual([expect.stringMatching(/^environment: WEB_TOKEN: not 20 to 200/)]);
  for (const WEB_URL of ["https://news.example.org/path", "ftp://news.example.org", "https://u:p@news.example.org"])
    expect(problemsOf({ WEB_URL }), WEB_URL).toHaveLength(1);
  const WEB_TOKEN = "a-token-that-nobody-guesses";
  const { config } = loadConfig({
    WEB_HOST: "0.0.0.0",
    WEB_TOKEN,
    WEB_URL: "https://news.example.org/",
    WEB_NAMES: "wire.example.org",
  });
  expect(config.web).toMatchObject({
    base: "https://news.example.org",
    names: ["wire.example.org", "news.example.org"],
    port: null,
  });
  expect(config.secrets).toContain(WEB_TOKEN);
});
