import { spawnSync } from "node:child_process";

// What runs in production, against the known vulnerabilities. A registry that keeps none is no reason to fail, and is said.
const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--audit-level=high", "--json", "--offline=false"], {
  encoding: "utf8",
});

type Report = {
  /** How many of each severity; absent where the registry gave no answer. */
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly message?: string;
};

const { metadata, vulnerabilities = {}, message }: Report = JSON.parse(stdout || "{}");
if (metadata === undefined) {
  process.stdout.write(`Not audited: the registry does not answer audits (${message ?? "it gave no reason"}).\n`);
} else {
  const severe = Object.entries(vulnerabilities).filter(([, { severity }]) => ["high", "critical"].includes(severity));
  for (const [name, { severity }] of severe) process.stderr.write(`${name}: ${severity}; npm audit says more\n`);
  process.stdout.write(
    `Audited: ${severe.length} severe, ${metadata.vulnerabilities["total"]} known vulnerabilities.\n`,
  );
  process.exitCode = severe.length === 0 ? 0 : 1;
}
