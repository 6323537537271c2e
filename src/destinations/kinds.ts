import type { Kind } from "./kind.ts";

/**
 * Every kind of destination beside Discord and the terminal, loaded when one of it is used. Its name stands in the keys by which the outbox
 * knows destinations, and never changes.
 */
export const KINDS: Readonly<Record<string, () => Promise<Kind>>> = {
  webhook: async () => (await import("./webhook/webhook.ts")).webhook,
  slack: async () => (await import("./slack/slack.ts")).slack,
  teams: async () => (await import("./teams/teams.ts")).teams,
  mail: async () => (await import("./mail/mail.ts")).mail,
};

/** Null for none of the name. */
export async function kindNamed(name: string): Promise<Kind | null> {
  const load = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  return load === undefined ? null : load();
}
