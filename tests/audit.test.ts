import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";

const ADVISORY = {
  id: 1,
  url: "https://advisories.example/1",
  title: "Reads what it should not",
  severity: "high",
  vulnerable_versions: "<99",
  cwe: [],
  cvss: { score: 8, vectorString: null },
};

/** What the audit of the check says and exits with, when the registry answers so. */
async function audited(status: number, answer: object) {
  const registry = createServer((request, response) => {
    const isAudit = request.method === "POST";
    response.writeHead(isAudit ? status : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(isAudit ? answer : {}));
  }).listen(0, "127.0.0.1");
  await once(registry, "listening");
  const address = registry.address();
  const port = typeof address === "object" ? address?.port : null;
  const child = spawn(process.execPath, [".ci/audit.ts"], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      npm_config_registry: `http://127.0.0.1:${port}`,
      npm_config_fetch_retries: "0",
      npm_config_cache: "/nonexistent",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  registry.close();
  return { code, said };
}

test.concurrent("passes where nothing is known", async ({ expect }) => {
  expect(await audited(200, {})).toEqual({ code: 0, said: "Audited: 0 severe, 0 known vulnerabilities.\n" });
});

test.concurrent("fails on a severe vulnerability, and names it", async () => {
  const { code, said } = await audited(200, { kysely: [ADVISORY] });
  expect(said).toMatch(/^kysely: high; npm audit says more$/m);
  expect(code).toBe(1);
});

test.concurrent("says that a registry answers no audits, and passes", async () => {
  const { code, said } = await audited(405, {});
  expect(said).toMatch(/^Not audited: the registry does not answer audits \(.*405.*\)\.\n$/);
  expect(code).toBe(0);
});
