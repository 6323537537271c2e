import { mailFor } from "#destinations/mail/mail.ts";
import { createPost } from "#destinations/mail/post.ts";
import { serverOf, settings } from "#destinations/mail/settings.ts";
import { createSender } from "#destinations/send.ts";
import { CONTENTS } from "./contents.ts";

/** A program for a process of its own, which trusts what its environment says: hands one mail in and prints what became of it. */
const read = settings.parse(JSON.parse(process.argv[2] ?? ""));
const now = new Date("2026-11-24T08:00:00Z");
const { lookup } = createSender({
  userAgent: "Policywire/test",
  allowNetworks: ["127.0.0.0/8"],
  proxies: null,
  clock: () => now,
  lookup: (_, __, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
});
const say = () => {};
const post = createPost(serverOf(read), { lookup, log: { error: say, warn: say, info: say } });
const key = "k".repeat(43);
const message = { key, at: now, destination: "desk", mayRepeat: false, content: CONTENTS.story };
process.stdout.write(JSON.stringify(await post(key, mailFor(message, read))));
