import { expect, test } from "vitest";
import { framesIn, type Party } from "#text/frames.ts";

/** `actor kind: actor act object kind: object (modality)` for each frame. */
function told(text: string, named: readonly Party[] = []): readonly string[] {
  const party = (one: Party | null) => (one === null ? "-" : `${one.kind}: ${text.slice(one.start, one.end)}`);
  return framesIn(text, named).map(
    ({ actor, act, object, modality }) => `${party(actor)} | ${act} | ${party(object)} | ${modality}`,
  );
}

test.each([
  ["Commission fines Corvane over hiring tool", "regulator: Commission | fine | name: Corvane | done"],
  ["Judge in Norland blocks chatbot law", "court: Judge | ban | rule: chatbot law | done"],
  ["Senate Panel Advances Bill on Deepfakes", "legislature: Senate Panel | vote | rule: Bill | done"],
  ["Norland Supreme Court rules against Vireo", "court: Norland Supreme Court | rule | name: Vireo | done"],
  ["Bellwick sues attorney general of Westmark", "name: Bellwick | sue | regulator: attorney | done"],
])("%s", (title, frame) => {
  expect(told(title)).toEqual([frame]);
});

test("who is acted upon comes first where a headline leaves out the verb of being, and who acts behind by", () => {
  const frame = "regulator: Norland regulator | fine | name: Corvane | done";
  expect(told("Corvane fined by Norland regulator for tracking")).toEqual([frame]);
  expect(told("Corvane was fined by Norland regulator for tracking")).toEqual([frame]);
});

test("what may come, what somebody wants and what is denied is not done", () => {
  expect(told("Norland to ban emotion recognition")).toEqual([
    "name: Norland | ban | system: recognition | considered",
  ]);
  expect(told("Ministry considers banning robots")).toEqual([
    "government: Ministry | consider | system: robots | done",
    "- | ban | system: robots | considered",
  ]);
  expect(told("Lawmakers urge Trade Department to pause exports").at(-1)).toMatch(
    /Trade Department \| delay .* demanded/,
  );
  expect(told("Senate does not pass audit bill")).toEqual(["legislature: Senate | vote | rule: bill | denied"]);
  expect(told("Minister refuses to withdraw bill").at(-1)).toMatch(/withdraw \| rule: bill \| denied/);
});

test("a noun is no act, and neither is what only describes one", () => {
  expect(told("New AI rules take effect")).toEqual([]);
  expect(told("The proposed rule on fines and bans")).toEqual([]);
});

test("who declined to comment has refused nothing", () => {
  expect(told("Vireo declined to comment on the audit")).toEqual([]);
  expect(told("Vireo declined to sign the code")).toHaveLength(2);
});

test("a second act follows the first by and; a clause that begins with it has none before", () => {
  expect(told("Council drafts and passes bill").map((frame) => frame.split(" | ")[1])).toEqual(["propose", "vote"]);
  expect(told("And rules for robots remain unclear")).toEqual([]);
  expect(told("And bans on chips")).toEqual([]);
  expect(told("Vireo appeals. And bans on chips remain")).toHaveLength(1);
});

test("a clause ends where its sentence does", () => {
  expect(told("Vireo appeals. Later the council discussed a bill")).toEqual([
    "name: Vireo | appeal | - | done",
    "legislature: council | talk | rule: bill | done",
  ]);
});

test("what is known by name has the kind that is known of it", () => {
  const text = "Quillon withdraws its model from Norland";
  const named: Party[] = [{ start: 0, end: 7, kind: "developer" }];
  expect(told(text, named)).toEqual(["developer: Quillon | withdraw | system: model | done"]);
});

test("spans hold, and a text of one endless clause is read", () => {
  const text = "Court bans Vireo and ".repeat(2_000);
  const frames = framesIn(text);
  expect(frames).toHaveLength(2_000);
  expect(frames.every(({ start, end }) => text.slice(start, end) === "bans")).toBe(true);
});
