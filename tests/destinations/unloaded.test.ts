import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** What of the destinations a worker has loaded while there are none, and when there is one. */
const LOADED = `
  import { registerHooks } from "node:module";
  const loaded = new Set();
  registerHooks({ resolve: (name, context, next) => { loaded.add(name); return next(name, context); } });
  const ofThem = () => [...loaded].filter((name) => name.startsWith("#destinations/")).length;
  const { run } = await import("#app/run.ts");
  const { openElsewhere } = await import("#app/elsewhere.ts");
  const { openTemporary } = await import("#store/engine/database.ts");
  const { addDestination } = await import("#store/destinations.ts");
  const { loadConfig } = await import("#settings/config.ts");
  const { db, close } = await openTemporary();
  const elsewhere = openElsewhere({ db, config: loadConfig({}).config, clock: () => new Date() }, [], () => {});
  const posters = [(await elsewhere.posters()).length];
  const steps = [ofThem()];
  const one = { name: "desk", kind: "webhook", leadsTo: "", sealed: "", guildId: null, createdBy: null };
  await addDestination(db, one, new Date());
  posters.push((await elsewhere.posters()).length);
  steps.push(ofThem() > 0);
  await elsewhere.close();
  await close();
  process.stdout.write(JSON.stringify({ run: typeof run, posters, steps }));
`;

test("whoever has no destinations loads nothing of them, and who gets one need not start anew", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", LOADED]);
  expect(JSON.parse(stdout)).toEqual({ run: "function", posters: [0, 1], steps: [0, true] });
});
