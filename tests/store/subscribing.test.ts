import { expect, test } from "vitest";
import {
  AT_ONCE,
  EVERYTHING,
  MOST_MUTES,
  MOST_OF_PERSON,
  MOST_OF_SERVER,
  MOST_READERS_OF_SERVER,
} from "#model/subscription.ts";
import { restore, type Subscribed, subscribe, unsubscribe } from "#store/subscribing.ts";
import {
  activeMutes,
  addMute,
  pauseSubscription,
  removeSubscription,
  subscriptionById,
  subscriptionsOf,
} from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { NOON } from "#support/stored.ts";

const SERVER = { guildId: "g", destination: "here", filter: { ...EVERYTHING, words: ["audit"] }, createdBy: "1" };
const reading = (createdBy: string, story: number, guildId: string | null = "g") => ({
  guildId,
  destination: `thread ${story}`,
  filter: { ...EVERYTHING, stories: [story] },
  createdBy,
});

const about = (word: string | number) => ({ ...SERVER, filter: { ...EVERYTHING, words: [String(word)] } });

const saved = (done: Subscribed) => {
  if (done.kind !== "subscribed") throw new Error(`not saved: ${done.kind}`);
  return done;
};

onEachEngine("a request", (databases) => {
  test("is saved while its server has room, for which its readers' own do not count", async () => {
    const { db } = await databases.open();
    for (let at = 0; at < MOST_OF_SERVER; at += 1) saved(await subscribe(db, about(at), null, NOON));
    expect(await subscribe(db, about("more"), null, NOON)).toEqual({ kind: "full", who: "server" });
    const [first] = await subscriptionsOf(db, { guildId: "g" });
    const done = saved(await subscribe(db, { ...SERVER, destination: "there" }, first!.id, NOON));
    expect(done.replaced).toEqual(first);
    saved(await subscribe(db, reading("2", 1), null, NOON));
    saved(await subscribe(db, { ...SERVER, guildId: "h" }, null, NOON));
  });

  test("of a reader is saved while they and their server's readers have room", async () => {
    const { db } = await databases.open();
    for (let story = 1; story <= MOST_OF_PERSON; story += 1)
      saved(await subscribe(db, reading("2", story, story % 2 === 0 ? "g" : null), null, NOON));
    expect(await subscribe(db, reading("2", 99), null, NOON)).toEqual({ kind: "full", who: "person" });
    saved(await subscribe(db, reading("3", 99), null, NOON));
    const rows = Array.from({ length: MOST_READERS_OF_SERVER }, (_, at) => ({
      guild_id: "g",
      destination: `${at}`,
      filter: JSON.stringify(reading("", at).filter),
      created_at: 0,
      created_by: `person ${at}`,
    }));
    await db.insertInto("subscriptions").values(rows).execute();
    expect(await subscribe(db, reading("4", 100), null, NOON)).toEqual({ kind: "full", who: "readers" });
    saved(await subscribe(db, reading("4", 100, null), null, NOON));
  });

  test("takes the place of one of its own server alone, and all is as it was when it is taken back", async () => {
    const { db } = await databases.open();
    const { subscription: theirs } = saved(await subscribe(db, { ...SERVER, guildId: "h" }, null, NOON));
    const { subscription: ours } = saved(await subscribe(db, SERVER, null, NOON));
    expect(saved(await subscribe(db, about("other"), theirs.id, NOON)).replaced).toBeNull();
    const before = await subscriptionsOf(db, { guildId: "g" });
    const done = saved(await subscribe(db, { ...SERVER, destination: "there" }, ours.id, NOON));
    expect(await subscriptionById(db, ours.id)).toMatchObject({ id: ours.id, destination: "there" });
    expect(await unsubscribe(db, done)).toBe(true);
    expect(await subscriptionsOf(db, { guildId: "g" })).toEqual(before);
    expect(await subscriptionById(db, theirs.id)).toEqual(theirs);
  });

  test("that is changed keeps its number, since when it asks and that it is paused; what changed since is not taken back", async () => {
    const { db } = await databases.open();
    const { subscription: first } = saved(await subscribe(db, SERVER, null, NOON));
    await pauseSubscription(db, first.id, "by hand", NOON);
    const later = new Date(NOON.getTime() + 60_000);
    const wanted = { ...SERVER, filter: { ...EVERYTHING, words: ["fines"] } };
    const done = saved(await subscribe(db, wanted, first.id, later));
    const { filter } = wanted;
    const changed = { ...first, filter, pausedAt: NOON, pauseReason: "by hand" };
    expect(await subscriptionById(db, first.id)).toEqual(changed);
    saved(await subscribe(db, { ...SERVER, filter: { ...EVERYTHING, words: ["audits"] } }, first.id, later));
    expect(await unsubscribe(db, done)).toBe(false);
    expect((await subscriptionById(db, first.id))?.filter.words).toEqual(["audits"]);
  });

  test("of one person is theirs alone to change, and counts for what they follow", async () => {
    const { db } = await databases.open();
    const own = { ...SERVER, guildId: null, destination: "direct" };
    const { subscription } = saved(await subscribe(db, own, null, NOON));
    expect(saved(await subscribe(db, { ...own, createdBy: "2" }, subscription.id, NOON)).replaced).toBeNull();
    for (let story = 2; story <= MOST_OF_PERSON; story += 1)
      saved(await subscribe(db, reading("1", story), null, NOON));
    expect(await subscribe(db, { ...own, filter: EVERYTHING }, null, NOON)).toEqual({ kind: "full", who: "person" });
    expect(await subscribe(db, reading("1", 99), null, NOON)).toEqual({ kind: "full", who: "person" });
  });

  test("that was removed is written back once, while there is room", async () => {
    const { db } = await databases.open();
    const { subscription } = saved(await subscribe(db, SERVER, null, NOON));
    await removeSubscription(db, subscription.id);
    for (const _ of [1, 2]) expect(await restore(db, subscription)).toEqual({ kind: "restored" });
    expect(await subscriptionsOf(db, { guildId: "g" })).toEqual([subscription]);
    await removeSubscription(db, subscription.id);
    for (let at = 0; at < MOST_OF_SERVER; at += 1) saved(await subscribe(db, about(at), null, NOON));
    expect(await restore(db, subscription)).toEqual({ kind: "full", who: "server" });
  });

  test("that was saved before is the one that stands, whoever asks, and goes on if it was paused", async () => {
    const { db } = await databases.open();
    const { subscription } = saved(await subscribe(db, SERVER, null, NOON));
    await pauseSubscription(db, subscription.id, "by hand", NOON);
    expect((await subscribe(db, { ...SERVER, createdBy: "2" }, null, NOON)).kind).toBe("known");
    expect(await subscriptionsOf(db, { guildId: "g" })).toEqual([subscription]);
    saved(await subscribe(db, { ...SERVER, manner: { ...AT_ONCE, threads: true } }, null, NOON));
  });

  test("is narrowed by as many mutes as an answer can lift, each once", async () => {
    const { db } = await databases.open();
    const muteOf = (value: string) =>
      ({ destination: "here", kind: "word", value, until: null, createdBy: null }) as const;
    for (let at = 0; at < MOST_MUTES; at += 1)
      expect(await addMute(db, muteOf(`${at}`), NOON)).toMatchObject({ isNew: true });
    const mute = muteOf("0");
    expect(await addMute(db, mute, NOON)).toMatchObject({ isNew: false });
    expect(await activeMutes(db, NOON)).toHaveLength(MOST_MUTES);
    expect(await addMute(db, muteOf("more"), NOON)).toBeNull();
    expect(await addMute(db, { ...mute, destination: "there" }, NOON)).not.toBeNull();
  });
});
