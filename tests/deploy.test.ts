import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadConfig, SETTING_NAMES } from "#settings/config.ts";

const Duration = z.string().regex(/^\d+s$/);

/** The fields of the Compose specification that our files use: whatever else stands there is a slip. */
const Service = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.literal(".."), dockerfile: z.literal("Containerfile") }).optional(),
  command: z.array(z.string()).optional(),
  restart: z.enum(["no", "always", "on-failure", "unless-stopped"]),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(["service_started", "service_healthy", "service_completed_successfully"]),
      }),
    )
    .optional(),
  deploy: z.strictObject({ replicas: z.int().positive() }).optional(),
  env_file: z.literal("../.env").optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string().regex(/^[a-z]+:\/\S+$/)).optional(),
  healthcheck: z
    .union([
      z.strictObject({ disable: z.literal(true) }),
      z.strictObject({
        test: z.array(z.string()).min(2),
        interval: Duration,
        timeout: Duration,
        retries: z.int().positive(),
      }),
    ])
    .optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string().regex(/^\/[a-z]+(:\S+)?$/)).optional(),
  cap_drop: z.array(z.literal("ALL")).optional(),
  security_opt: z.array(z.literal("no-new-privileges:true")).optional(),
  stop_grace_period: Duration,
});

const Compose = z.strictObject({
  "x-policywire": z.unknown().optional(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});

const readCompose = (name: string) =>
  Compose.parse(parse(readFileSync(`deploy/${name}`, "utf8"), { merge: true, prettyErrors: true }));

/** The services that run our own program. */
const ours = ({ services }: z.infer<typeof Compose>) =>
  Object.entries(services).filter(([, { build }]) => build !== undefined);

describe.each(["compose.yaml", "compose.postgres.yaml"])("deploy/%s", (name) => {
  const compose = readCompose(name);

  test("sets nothing but settings of the program", () => {
    for (const [, { environment }] of ours(compose))
      expect(Object.keys(environment).filter((key) => !SETTING_NAMES.some((known) => known === key))).toEqual([]);
  });

  test("lets the program write nowhere but in its data folder and /tmp, and grants it nothing", () => {
    for (const [, service] of ours(compose)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
      const written = [...(service.volumes ?? []), ...(service.tmpfs ?? [])].map(
        (mount) => mount.match(/\/[a-z]+/)?.[0],
      );
      expect(written.toSorted()).toEqual(["/data", "/tmp"]);
    }
  });

  test("names volumes and services that are there", () => {
    for (const { volumes = [], depends_on = {} } of Object.values(compose.services)) {
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
      for (const other of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(other);
    }
  });
});

test("on PostgreSQL two workers and one bot wait until the one migration has ended", () => {
  const { migrate, worker, bot, postgres } = readCompose("compose.postgres.yaml").services;
  expect(postgres?.healthcheck).toHaveProperty("test");
  expect(migrate).toMatchObject({ command: ["migrate"], restart: "no" });
  expect(migrate?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
  for (const service of [worker, bot])
    expect(service?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
  expect(worker).toMatchObject({ command: ["worker"], deploy: { replicas: 2 } });
  expect(bot).toMatchObject({ command: ["bot"] });
  expect(bot?.deploy).toBeUndefined();
});

test("its password may hold whatever PostgreSQL takes", () => {
  const { postgres, worker } = readCompose("compose.postgres.yaml").services;
  const password = "a@b:c/d#e%f";
  const filled = Object.entries(worker?.environment ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, password),
  ]);
  const { databaseUrl } = loadConfig(Object.fromEntries(filled)).config;
  const { username, password: encoded, hostname, pathname } = new URL(databaseUrl ?? "");
  expect([username, decodeURIComponent(encoded), hostname, pathname]).toEqual([
    postgres?.environment["POSTGRES_USER"],
    password,
    "postgres",
    `/${postgres?.environment["POSTGRES_DB"]}`,
  ]);
});

test("the container file copies what is there, runs as another user than root, and asks for its health", () => {
  const lines = readFileSync("Containerfile", "utf8").split("\n");
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  for (const from of after("FROM")) expect(from).toMatch(/^node:24-slim( AS packages)?$/);
  const sources = after("COPY").flatMap((line) => (line.startsWith("--from=") ? [] : line.split(" ").slice(0, -1)));
  expect(sources.filter((source) => !existsSync(source))).toEqual([]);
  expect(after("USER")).toEqual(["node"]);
  // Node finds compiled code again only as the user who compiled it.
  const compiles = lines.findIndex((line) => line.startsWith("RUN node src/main.ts"));
  expect(compiles).toBeGreaterThan(lines.indexOf("USER node"));
  expect(after("VOLUME")).toEqual(["/data"]);
  expect(after("HEALTHCHECK")).toHaveLength(1);
  expect(JSON.parse(after("ENTRYPOINT")[0] ?? "")).toEqual(["node", "src/main.ts"]);
  // Its command asks the status page, which must be there.
  const [, , script = ""]: string[] = JSON.parse(lines.find((line) => line.startsWith("  CMD "))?.slice(6) ?? "[]");
  const [port] = script.match(/(?<=127\.0\.0\.1:)\d+(?=\/healthz)/) ?? [];
  expect(after("ENV").join(" ").split(" ")).toContain(`STATUS_PORT=${port}`);
  expect(() => new Function(script)).not.toThrow();
});

const UNIT = "policywire@.service";
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe.skipIf(!hasSystemd)(`deploy/${UNIT}, to systemd's own tools`, () => {
  /** The unit as one role, as if the project were installed where it stands. */
  const analyze = (...args: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), "policywire-unit-"));
    const file = join(folder, "policywire@run.service");
    writeFileSync(file, readFileSync(`deploy/${UNIT}`, "utf8").replaceAll("/opt/policywire", process.cwd()));
    const { status, stdout, stderr } = spawnSync("systemd-analyze", [...args, file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    return { status, said: `${stdout}${stderr}` };
  };

  test("is without fault", () => {
    expect(analyze("verify", "--man=no")).toEqual({ status: 0, said: "" });
  });

  test("is exposed to little: 2.0 of 10 at most", () => {
    const { status, said } = analyze("security", "--offline=true", "--threshold=20");
    expect(status, said).toBe(0);
  });
});
