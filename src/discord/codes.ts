/**
 * What an answer of Discord's means for what was sent, by its code: every code that the documentation lists, and 340013, which it
 * does not.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
 */
export type Meaning = keyof typeof CODES;

const CODES = {
  /** The token is refused: everything stops. */
  token: [40001, 50014],
  /** A right is missing, or a moderator or Discord refuses the bot: which of the two, the rights tell. */
  forbidden: [
    20001, 20012, 20018, 40002, 40007, 50001, 50003, 50005, 50009, 50013, 50017, 50021, 50028, 50095, 50173, 50178,
    60003, 530000,
  ],
  /** A person takes no direct messages from the bot: it waits until they do. */
  closed: [50007, 50278, 340013],
  /** The channel, its server or the person is gone for good: the subscription ends. */
  gone: [10003, 10004, 10013, 10015],
  /** The message to edit or to answer is gone: post anew. */
  "message-gone": [10008],
  /** It is as it should be: the thread exists and has the message's id, or the message is published. */
  done: [40033, 160004],
  /** The thread is archived: open it, and try again. */
  archived: [50083],
  /** A moderator locked the thread, or the server has as many as it may: the channel itself is left. */
  "no-thread": [160005, 160006, 160007, 30033],
  /** One may not reply there: post without. */
  "no-reply": [160002, 160009, 160010],
  /** An old message was edited too often: show it anew below. */
  "edited-too-often": [30046],
  /** A forum that wants a tag. */
  "needs-tag": [40067],
  /** A tag that is gone: post without. */
  "unknown-tag": [10087],
  /** Moderation by machine refuses what is said: it will again, so this one message is given up and the others go on. */
  moderated: [20009, 20031, 200000, 200001, 240000],
  /** Discord asks for patience, an address is blocked for a while, or it is not ready: wait, with the same nonce. */
  later: [20016, 20022, 20028, 20029, 40003, 40004, 40006, 40062, 40333, 110000, 110001, 130000],
  /** An interaction that is over: say so in the log, never again. */
  over: [10062, 10063, 40043, 40060, 40094, 50027],
  /** Malformed, too large, too many or meant for somebody else: our bug, which no repetition mends. */
  rejected: [
    10001, 10002, 10005, 10006, 10007, 10009, 10010, 10011, 10012, 10014, 10016, 10020, 10021, 10026, 10027, 10028,
    10029, 10030, 10031, 10032, 10033, 10036, 10038, 10049, 10050, 10057, 10059, 10060, 10061, 10065, 10066, 10067,
    10068, 10069, 10070, 10071, 10097, 10124, 10129, 20002, 20015, 20017, 20024, 20035, 30001, 30002, 30003, 30004,
    30005, 30007, 30008, 30010, 30011, 30013, 30015, 30016, 30018, 30019, 30030, 30031, 30032, 30034, 30035, 30037,
    30038, 30039, 30040, 30042, 30045, 30047, 30048, 30052, 30056, 30058, 30060, 30061, 40005, 40009, 40012, 40018,
    40019, 40032, 40041, 40058, 40061, 40066, 40074, 50002, 50004, 50006, 50008, 50010, 50011, 50012, 50015, 50016,
    50019, 50020, 50024, 50025, 50026, 50033, 50034, 50035, 50036, 50039, 50041, 50045, 50046, 50054, 50055, 50057,
    50067, 50068, 50070, 50073, 50074, 50080, 50081, 50084, 50085, 50086, 50091, 50097, 50101, 50109, 50110, 50123,
    50124, 50131, 50132, 50138, 50144, 50145, 50146, 50151, 50159, 50160, 50161, 50162, 50163, 50167, 50192, 50600,
    80004, 90001, 90002, 150006, 160014, 170001, 170002, 170003, 170004, 170005, 170006, 170007, 180000, 180002, 220001,
    220002, 220003, 220004, 340015, 350000, 350001, 400001, 500000, 520000, 520001, 520002, 520003, 520004, 520006,
    530001, 530002, 530003, 530004, 530006, 530007,
  ],
} as const satisfies Readonly<Record<string, readonly number[]>>;

const MEANINGS = new Map(
  (Object.keys(CODES) as Meaning[]).flatMap((meaning) =>
    CODES[meaning].map((code): [number, Meaning] => [code, meaning]),
  ),
);

/** Undefined for a code that is in no list, as 0 is: "general error". */
export const meaningOf = (code: number): Meaning | undefined => MEANINGS.get(code);
