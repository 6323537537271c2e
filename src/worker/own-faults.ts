import type { Db } from "#store/engine/database.ts";
import { type OwnFault, ownFaultOf, tryToWrite } from "#store/engine/own-fault.ts";

/** What keeps all work from going on: a full disk, a store that is away. */
export type OwnFaults = {
  /** Takes note of a fault of our own, and tells of it once; false when the error is none. */
  note(error: unknown): boolean;
  /** The fault that stands, in a sentence; null when there is none. */
  standing(): string | null;
  /**
   * Whether work may go on. While a fault stands the store is asked with a write, and it is told once that it can be written
   * again.
   */
  isOver(): Promise<boolean>;
};

export function watchOwnFaults(db: Db, tell: (sentence: string) => void): OwnFaults {
  let fault: OwnFault | null = null;
  /** Since work last went on: a server that ends is away first, and then perhaps read-only. */
  const told = new Set<OwnFault>();
  let asking: Promise<boolean> | null = null;

  function stand(found: OwnFault): void {
    if (fault?.lasting) return;
    fault = found;
    if (told.has(found)) return;
    told.add(found);
    const outlook = found.lasting ? "" : " Both go on by themselves when that is done.";
    tell(`Polling and posting have stopped, and no feed is to blame. ${found.sentence}${outlook}`);
  }

  async function ask(): Promise<boolean> {
    try {
      await tryToWrite(db);
    } catch (error) {
      const found = ownFaultOf(db, error);
      if (found !== null) stand(found);
      return false;
    } finally {
      asking = null;
    }
    fault = null;
    told.clear();
    tell("The fault is over: polling and posting go on.");
    return true;
  }

  return {
    note(error) {
      const found = ownFaultOf(db, error);
      if (found !== null) stand(found);
      return found !== null;
    },
    standing: () => fault?.sentence ?? null,
    async isOver() {
      if (fault === null) return true;
      if (fault.lasting) return false;
      asking ??= ask();
      return asking;
    },
  };
}
