import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keysOf, keysToSeal } from "#destinations/keys.ts";
import { isSealedByFirst, keysFrom, newKey, seal, unseal } from "#destinations/seal.ts";

const keys = (...texts: string[]) => keysFrom(texts.join(" ")) ?? expect.unreachable();

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "policywire-keys-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("what is sealed shows nothing of itself, and opens with its key alone", () => {
  const own = keys(newKey());
  const sealed = seal("a secret address", "webhook:desk", own);
  expect(sealed).not.toContain("secret");
  expect(Buffer.from(sealed.split(".")[3] ?? "", "base64url").toString("latin1")).not.toContain("secret");
  expect(unseal(sealed, "webhook:desk", own)).toEqual({ kind: "opened", text: "a secret address" });
  expect(seal("a secret address", "webhook:desk", own)).not.toBe(sealed);
  expect(unseal(sealed, "webhook:desk", keys(newKey()))).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("sealed with another key"),
  });
  expect(unseal(sealed, "webhook:desk", [])).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("POLICYWIRE_KEY"),
  });
});

test("what is laid under another name, or changed, does not open", () => {
  const own = keys(newKey());
  const sealed = seal("a secret address", "webhook:desk", own);
  const [version, id, nonce, text = ""] = sealed.split(".");
  const bytes = Buffer.from(text, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  const changed = [version, id, nonce, bytes.toString("base64url")].join(".");
  for (const refused of [
    unseal(sealed, "webhook:other", own),
    unseal(changed, "webhook:desk", own),
    unseal([version, id, nonce, ""].join("."), "webhook:desk", own),
    unseal("v2.x.y.z", "webhook:desk", own),
  ])
    expect(refused.kind).toBe("refused");
});

test("while a key is changed both open, and the new one seals", () => {
  const [older, newer] = [newKey(), newKey()];
  const before = seal("kept", "webhook:desk", keys(older));
  const both = keys(newer, older);
  expect(unseal(before, "webhook:desk", both)).toMatchObject({ kind: "opened" });
  expect(isSealedByFirst(before, both)).toBe(false);
  const after = seal("kept", "webhook:desk", both);
  expect(isSealedByFirst(after, both)).toBe(true);
  expect(unseal(after, "webhook:desk", keys(newer))).toMatchObject({ kind: "opened", text: "kept" });
});

test.each([["short"], [`${newKey()}A`], [`${newKey()} short`], [""]])("%j is no key", (text) => {
  expect(keysFrom(text)).toBeNull();
});

test("a key in hex is one as well", () => {
  expect(keysFrom("0f".repeat(32))).toHaveLength(1);
});

test("the embedded database has a key beside it, made once and for its owner alone", () => {
  const dataDir = join(folder(), "data");
  const source = { given: null, dataDir };
  expect(keysOf(source)).toEqual([]);
  const made = keysToSeal(source);
  expect(made).toHaveLength(1);
  expect(keysOf(source)).toEqual(made);
  expect(keysToSeal(source)).toEqual(made);
  if (process.platform !== "win32") expect(statSync(join(dataDir, "destinations.key")).mode & 0o777).toBe(0o600);
});

test("a key in the environment goes before the file, and a server's database has no file", () => {
  const dataDir = folder();
  const given = newKey();
  expect(keysToSeal({ given, dataDir })).toEqual(keys(given));
  expect(keysToSeal({ given: null, dataDir: null })).toBeNull();
  writeFileSync(join(dataDir, "destinations.key"), "damaged\n");
  expect(keysToSeal({ given: null, dataDir })).toBeNull();
  expect(readFileSync(join(dataDir, "destinations.key"), "utf8")).toBe("damaged\n");
});
