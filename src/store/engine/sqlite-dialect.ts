import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { stopwatch } from "#text/stopwatch.ts";
import type { Reader } from "./reader.ts";

/** A run of statements holds the process this long at most before timers and sockets get their turn. */
const HOLD_MS = 8;

/** Prepared statements kept: the program has some hundred, and lists of other lengths make more. */
const KEPT_STATEMENTS = 300;

/** What of a connection a transaction needs beside statements. */
type SqliteConnection = DatabaseConnection & {
  begin(): Promise<void>;
  commit(): void;
  rollback(): void;
};

/**
 * Kysely over node:sqlite. All writing goes through one `writer`, one statement or transaction at a time, whoever else has it.
 * Where there is a `reader`, a select outside a transaction goes there instead, and waits for no writer; it sees all that is
 * committed.
 */
export function sqliteDialect(file: DatabaseSync, begin: string, writer: Writer, reader: Reader | null): Dialect {
  return {
    createAdapter: () => new ManyConnections(),
    createDriver: () => driverOf(file, begin, writer, reader),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely would let one query wait for another; our connections wait where they must. */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function driverOf(file: DatabaseSync, begin: string, writer: Writer, reader: Reader | null): Driver {
  const mine = (connection: DatabaseConnection) => connection as SqliteConnection;
  return {
    init: async () => {},
    acquireConnection: async () => connectionOf(file, begin, writer, reader),
    beginTransaction: (connection) => mine(connection).begin(),
    commitTransaction: async (connection) => mine(connection).commit(),
    rollbackTransaction: async (connection) => mine(connection).rollback(),
    releaseConnection: async () => {},
    // The file belongs to the dialect without a reader.
    destroy: reader === null ? async () => file.close() : reader.close,
  };
}

function connectionOf(file: DatabaseSync, begin: string, writer: Writer, reader: Reader | null): SqliteConnection {
  /** Ends this connection's turn as the writer; null outside a transaction. */
  let endTurn: (() => void) | null = null;
  const end = () => {
    endTurn?.();
    endTurn = null;
  };
  return {
    async begin() {
      endTurn = await writer.turn();
      try {
        file.exec(begin);
      } catch (error) {
        end();
        throw error;
      }
    },
    commit() {
      file.exec("commit");
      end();
    },
    rollback() {
      try {
        // After some errors, a full disk for one, SQLite has rolled back already.
        if (file.isTransaction) file.exec("rollback");
      } finally {
        end();
      }
    },
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      if (endTurn !== null) {
        await writer.breathe();
        return writer.run(sql, parameters) as QueryResult<R>;
      }
      if (reader !== null && /^\s*select\b/i.test(sql)) return { rows: (await reader.all(sql, parameters)) as R[] };
      const done = await writer.turn();
      try {
        return writer.run(sql, parameters) as QueryResult<R>;
      } finally {
        done();
      }
    },
    // biome-ignore lint/correctness/useYield: nothing in the store streams, and Kysely asks for the method.
    async *streamQuery() {
      throw new Error("Read in pages: see transfer.ts.");
    },
  };
}

/** The one connection that writes. */
export type Writer = {
  /** Waits for the connection to be free, and takes it until the function is called. */
  turn(): Promise<() => void>;
  /** Lets timers and sockets have their turn when statements have held the process for HOLD_MS. */
  breathe(): Promise<void>;
  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown>;
};

/** A statement that was prepared, and whether it answers with rows: to ask it each time costs as much as to run a small one. */
type Prepared = { readonly statement: StatementSync; readonly answers: boolean };

export function writerOf(file: DatabaseSync): Writer {
  const statements = new Map<string, Prepared>();
  let last: Promise<void> = Promise.resolve();
  let held = stopwatch();
  const prepared = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= KEPT_STATEMENTS) statements.clear();
    const statement = file.prepare(sql);
    const made = { statement, answers: statement.columns().length > 0 };
    statements.set(sql, made);
    return made;
  };
  return {
    async turn() {
      const before = last;
      let done = () => {};
      last = new Promise<void>((resolve) => {
        done = resolve;
      });
      await before;
      return done;
    },
    async breathe() {
      if (held() < HOLD_MS) return;
      await new Promise(setImmediate);
      held = stopwatch();
    },
    run(sql, parameters) {
      const { statement, answers } = prepared(sql);
      const values = parameters as readonly SQLInputValue[];
      if (answers) return { rows: statement.all(...values) };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    },
  };
}
