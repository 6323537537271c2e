import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** AES-256 takes 32 bytes. */
const KEY_BYTES = 32;

/** As GCM has it: a nonce that is never used twice with one key, which 96 random bits are not in any store's life. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What seals settings. Its id tells keys apart and says nothing of them. */
export type Key = { readonly id: string; readonly bytes: Buffer };

/** The first seals, and any of them opens. */
export type Keys = readonly Key[];

/** 32 bytes in base64 or hex; null for what is none. */
function keyFrom(text: string): Key | null {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  const isWhole = bytes.length === KEY_BYTES && /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=?)$/i.test(text);
  return isWhole ? { id: createHash("sha256").update("key of ").update(bytes).digest("hex").slice(0, 8), bytes } : null;
}

/** Keys parted by white space; null where one of them is none, or there is none. */
export function keysFrom(text: string): Keys | null {
  const keys = text.trim().split(/\s+/).map(keyFrom);
  return keys.every((key) => key !== null) ? keys : null;
}

export const newKey = (): string => randomBytes(KEY_BYTES).toString("base64");

/** `v1.KEY.NONCE.SEALED`; it opens under the same `label` alone, so that what is sealed of one cannot be laid under another. */
export function seal(text: string, label: string, [key]: Keys): string {
  if (key === undefined) throw new Error("there is no key to seal with");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(Buffer.from(label));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", key.id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Whether the first of the keys sealed it. */
export const isSealedByFirst = (sealed: string, [key]: Keys): boolean => sealed.split(".")[1] === key?.id;

export type Unsealed =
  | { readonly kind: "opened"; readonly text: string }
  /** In a sentence. */
  | { readonly kind: "refused"; readonly reason: string };

export function unseal(sealed: string, label: string, keys: Keys): Unsealed {
  const [version, id, nonce = "", text = ""] = sealed.split(".");
  const key = keys.find((one) => one.id === id);
  if (version !== "v1") return refused("It was sealed by a newer Policywire.");
  if (key === undefined)
    return refused(
      keys.length === 0
        ? "There is no key to open its settings: POLICYWIRE_KEY is not set, and no destinations.key is beside the database."
        : `Its settings are sealed with another key (${id}) than POLICYWIRE_KEY or the key file holds (${keys.map((one) => one.id).join(", ")}).`,
    );
  const bytes = Buffer.from(text, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(nonce, "base64url"), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(label)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return { kind: "opened", text: opened.toString("utf8") };
  } catch {
    return refused("What is sealed of it was damaged or changed: set it up anew.");
  }
}

const refused = (reason: string): Unsealed => ({ kind: "refused", reason });
