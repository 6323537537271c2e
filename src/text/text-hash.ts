import { hash } from "node:crypto";

/** sha256 in hex of what an article says: a change makes a revision of the same article. */
export const textHash = (title: string, text: string): string => hash("sha256", `${title}\n${text}`);
