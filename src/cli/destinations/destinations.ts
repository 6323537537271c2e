import { Command } from "commander";
import { collect } from "#cli/latest.ts";
import { changeStore, changeStoreAlone, lookUp, readStore } from "#cli/look-up.ts";
import { loadConfig } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { pauseNamed, removeNamed } from "#store/destinations.ts";
import { type FollowOptions, follow, withFollowOptions } from "./follow.ts";
import { allow, named, resume, tell, unfollow } from "./one.ts";
import { add, change, reseal } from "./set-up.ts";
import { kindsText, listText, shownText } from "./show.ts";
import type { OpenWorkshop } from "./workshop.ts";

type Places = { readonly data?: string; readonly pack?: string };
type Setting = Places & { readonly set: readonly string[] };

/** `policywire destinations …`: where it goes beside Discord and the terminal. */
export function destinationsCommand(openWorkshop: OpenWorkshop, clock: () => Date): Command {
  const command = new Command("destinations");
  const workshop = ({ data }: Places) => {
    const { databaseUrl, dataDir } = loadConfig().config;
    return openWorkshop({ databaseUrl, dataDir: data ?? dataDir });
  };
  const sub = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)");
  const subOfPack = (name: string, description: string) =>
    sub(name, description).option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)");
  const settable = (name: string, description: string) =>
    sub(name, description).option("--set <name=value>", "a setting that is no secret; may be repeated", collect, []);
  const ending = async (code: Promise<number>) => {
    process.exitCode = await code;
  };

  sub("kinds", "what kinds there are, and what each asks for").action(async (places: Places) =>
    ending(kindsText(await workshop(places)).then(tell)),
  );

  sub("schema", "write the JSON schema of what a kind sends, for programs that read it")
    .argument("<kind>")
    .action(async (kind: string, places: Places) => {
      const schema = await (await workshop(places)).schema(kind);
      process.exitCode = schema === null ? complain([`What a ${kind} is sent has no schema.`]) : tell(schema);
    });

  sub("list", "show every destination: name, kind, where it leads, how it stands").action((places: Places) =>
    ending(readStore(places, async (db) => tell(await listText(db, await workshop(places))))),
  );

  subOfPack("show", "show one: its settings but for secrets, and what it follows")
    .argument("<name>")
    .action(async (name: string, places: Places) =>
      ending(
        lookUp(places, async (library) =>
          named(library.db, name, async (one) => tell(await shownText(one, library, await workshop(places)))),
        ),
      ),
    );

  settable("add", "set one up; its settings are asked for, or read as lines NAME=VALUE of standard input")
    .argument("<kind>", "see `destinations kinds`")
    .requiredOption("--name <name>", "by which it is known from then on: small letters, digits and hyphens")
    .action(async (kind: string, { name, set, ...places }: Setting & { name: string }) =>
      ending(changeStoreAlone(places, async (db) => add(db, { kind, name }, set, await workshop(places), clock()))),
    );

  settable("change", "give one new settings; what is not given stays")
    .argument("<name>")
    .action(async (name: string, { set, ...places }: Setting) =>
      ending(
        changeStoreAlone(places, (db) => named(db, name, async (one) => change(db, one, set, await workshop(places)))),
      ),
    );

  subOfPack("test", "send it a message that is marked as a test, and say what came back")
    .argument("<name>")
    .action(async (name: string, places: Places) =>
      ending(
        lookUp(places, ({ db, pack }) =>
          named(db, name, async (one) => {
            const tested = await (await workshop(places)).test(one, pack);
            if (tested.kind === "arrived") return tell(`${name} took the test.\n`);
            return tell(tested.faults.map((fault) => `${name} did not take the test: ${fault}\n`).join(""), 1);
          }),
        ),
      ),
    );

  withFollowOptions(subOfPack("follow", "have it follow something, as /follow does for a channel"))
    .argument("<name>")
    .action(async (name: string, options: FollowOptions & Places) =>
      ending(
        changeStore(options, (library) =>
          named(library.db, name, async (one) => {
            const kind = await (await workshop(options)).describe(one.kind);
            return follow(one, options, kind?.holds ?? [], library, clock());
          }),
        ),
      ),
    );

  sub("unfollow", "end one of its requests, by the number that `show` gives")
    .argument("<name>")
    .argument("<number>")
    .action((name: string, number: string, places: Places) =>
      ending(changeStoreAlone(places, (db) => named(db, name, (one) => unfollow(db, one, Number(number))))),
    );

  sub("pause", "keep what is owed to it until it is resumed")
    .argument("<name>")
    .action((name: string, places: Places) =>
      ending(
        changeStoreAlone(places, (db) =>
          named(db, name, async () => {
            await pauseNamed(db, name, "An operator paused it.", clock());
            return tell(`${name} is paused: what is owed to it is kept.\n`);
          }),
        ),
      ),
    );

  sub("resume", "take it up again, and send what was kept of the last three days")
    .argument("<name>")
    .action((name: string, places: Places) =>
      ending(changeStoreAlone(places, (db) => named(db, name, (one) => resume(db, one, clock())))),
    );

  sub("remove", "forget it, what it follows and what is owed to it")
    .argument("<name>")
    .action((name: string, places: Places) =>
      ending(
        changeStoreAlone(places, (db) =>
          named(db, name, async (one) => {
            await removeNamed(db, one);
            return tell(`${name} is removed.\n`);
          }),
        ),
      ),
    );

  sub("allow", "let those who manage a Discord server have it follow something with /follow to:")
    .argument("<name>")
    .argument("[server]", "the server's id; without one, operators alone may")
    .action((name: string, server: string | undefined, places: Places) =>
      ending(changeStoreAlone(places, (db) => named(db, name, (one) => allow(db, one, server ?? null)))),
    );

  sub("reseal", "seal all settings with the first key of POLICYWIRE_KEY or destinations.key").action((places: Places) =>
    ending(changeStoreAlone(places, async (db) => reseal(db, await workshop(places)))),
  );
  return command;
}
