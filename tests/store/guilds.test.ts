import { expect, test } from "vitest";
import { isMet, meet, setZone, zoneOf } from "#store/guilds.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes, NOON } from "#support/stored.ts";

onEachEngine("a server", (databases) => {
  test("is met once, and keeps its time zone whichever comes first", async () => {
    const { db } = await databases.open();
    expect(await isMet(db, "1")).toBe(false);
    await meet(db, "1", NOON);
    await meet(db, "1", minutes(1));
    expect(await isMet(db, "1")).toBe(true);
    expect(await zoneOf(db, "1")).toBeNull();
    for (const zone of ["Europe/Berlin", "Asia/Tokyo"]) await setZone(db, "1", zone);
    expect(await zoneOf(db, "1")).toBe("Asia/Tokyo");
    expect(await zoneOf(db, "2")).toBeNull();
  });

  test("that set its time zone before it was met is still to be welcomed", async () => {
    const { db } = await databases.open();
    await setZone(db, "1", "Europe/Berlin");
    expect(await isMet(db, "1")).toBe(false);
    await meet(db, "1", NOON);
    expect(await isMet(db, "1")).toBe(true);
    expect(await zoneOf(db, "1")).toBe("Europe/Berlin");
  });
});
