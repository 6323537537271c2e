import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** What a process of its own has loaded once it knows of all kinds, has opened one, and has opened mail. */
const LOADED = `
  import { registerHooks } from "node:module";
  const loaded = new Set();
  registerHooks({ resolve: (name, context, next) => { loaded.add(name); return next(name, context); } });
  const { KINDS } = await import("#destinations/kinds.ts");
  const steps = [];
  for (const kind of [null, "slack", "teams", "mail"]) {
    if (kind !== null) await KINDS[kind]();
    steps.push(["zod", "nodemailer"].filter((name) => loaded.has(name)));
  }
  process.stdout.write(JSON.stringify(steps));
`;

test("what a kind needs is loaded with the first of the kind, and nodemailer with the first mail", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", LOADED]);
  expect(JSON.parse(stdout)).toEqual([[], ["zod"], ["zod"], ["zod", "nodemailer"]]);
});
