import { describe, expect, it } from "vitest";
import { slack } from "#destinations/slack/slack.ts";
import { teams } from "#destinations/teams/teams.ts";
import { CONTENTS } from "#support/receivers/contents.ts";
import type { HttpAnswer } from "#support/receivers/http.ts";
import { means, messageOf } from "#support/receivers/opening.ts";
import { startSlack } from "#support/receivers/slack.ts";
import { startTeams } from "#support/receivers/teams.ts";

const KEY = "k".repeat(43);
const SENT = { kind: "sent", messageId: KEY };

const HASTY = { deadlines: { connectMs: 1_000, totalMs: 300 } };

const flow = (code: string) => JSON.stringify({ error: { code, message: "…" } });

const connector = (status: number) =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId x.`;

type Row = readonly [answer: HttpAnswer, expected: object];

const LOST: readonly Row[] = [
  [{ manner: "hang-up" }, { kind: "later", unsure: true }],
  [{ manner: "hang" }, { kind: "later", unsure: true }],
];

const SLACK: readonly Row[] = [
  [{ status: 200, body: "ok" }, SENT],
  // A sign-in page between us and Slack.
  [
    { status: 200, body: "<html>Please sign in</html>" },
    { kind: "later", unsure: true },
  ],
  [{ status: 302, headers: { location: "https://login.example/" } }, { kind: "closed" }],
  [{ status: 400, body: "invalid_payload" }, { kind: "refused" }],
  [{ status: 400, body: "invalid_blocks" }, { kind: "refused" }],
  [{ status: 400, body: "user_not_found" }, { kind: "closed" }],
  [{ status: 403, body: "action_prohibited" }, { kind: "closed" }],
  [{ status: 403, body: "invalid_token" }, { kind: "closed" }],
  [{ status: 403, body: "team_disabled" }, { kind: "gone" }],
  [{ status: 404, body: "no_service" }, { kind: "gone" }],
  [{ status: 404, body: "channel_not_found" }, { kind: "gone" }],
  [{ status: 404, body: "no_team" }, { kind: "gone" }],
  [{ status: 404, body: "" }, { kind: "closed" }],
  [{ status: 410, body: "channel_is_archived" }, { kind: "gone" }],
  [
    { status: 429, headers: { "retry-after": "30" }, body: "rate_limited" },
    { kind: "later", afterMs: 30_000, unsure: false },
  ],
  [
    { status: 500, body: "rollup_error" },
    { kind: "later", afterMs: null, unsure: true },
  ],
  [{ status: 503 }, { kind: "later", unsure: false }],
  ...LOST,
];

const TEAMS: readonly Row[] = [
  [{ status: 202 }, SENT],
  [{ status: 200, body: "1" }, SENT],
  [{ status: 200, body: '{"answer":"of a workflow that answers"}' }, SENT],
  [
    { status: 200, body: connector(429) },
    { kind: "later", unsure: false },
  ],
  [{ status: 200, body: connector(413) }, { kind: "refused" }],
  [{ status: 200, body: connector(403) }, { kind: "closed" }],
  [{ status: 400, body: flow("InvalidRequestContent") }, { kind: "refused" }],
  [{ status: 400, body: flow("TriggerNotEnabled") }, { kind: "closed" }],
  [{ status: 401, body: flow("DirectApiAuthorizationRequired") }, { kind: "closed" }],
  [{ status: 403, body: flow("Forbidden") }, { kind: "closed" }],
  [{ status: 404, body: flow("WorkflowNotFound") }, { kind: "closed" }],
  [{ status: 410 }, { kind: "gone" }],
  [{ status: 413 }, { kind: "refused" }],
  [
    { status: 429, headers: { "retry-after": "17" } },
    { kind: "later", afterMs: 17_000, unsure: false },
  ],
  [{ status: 502 }, { kind: "later", unsure: true }],
  ...LOST,
];

describe.each([
  { name: "Slack", kind: slack, start: startSlack, rows: SLACK },
  { name: "Teams", kind: teams, start: startTeams, rows: TEAMS },
])("$name", ({ kind, start, rows }) => {
  it.each(Object.values(CONTENTS).filter(({ kind: one }) => kind.holds.includes(one)))(
    "takes a $kind, once",
    async (content) => {
      await using receiver = await start();
      const open = kind.open({ url: `${receiver.origin}/services/T0/B0/x` }, means());
      expect(await open.send(messageOf(content))).toEqual(SENT);
      expect(receiver.received.map(({ path, headers }) => [path, headers["content-type"]])).toEqual([
        ["/services/T0/B0/x", "application/json"],
      ]);
    },
  );

  it.each(rows)("that answers %o means %o", async (answer, expected) => {
    await using receiver = await start(() => answer);
    const open = kind.open({ url: receiver.origin }, means(answer.manner === undefined ? {} : HASTY));
    expect(await open.send(messageOf(CONTENTS.story))).toMatchObject(expected);
    expect(receiver.received).toHaveLength(1);
  });

  it("tells nobody its address, which is its secret", async () => {
    const url = "https://hooks.example/services/T0/B0/secret";
    expect(kind.shown({ url })).toBe("hooks.example");
    expect(kind.settings.shape.url.meta()).toMatchObject({ secret: true });
    expect(kind.settings.safeParse({ url: "hooks.example" }).success).toBe(false);
    await using receiver = await start(() => ({ status: 400, body: "invalid_payload" }));
    const sent = await kind.open({ url: `${receiver.origin}/secret` }, means()).send(messageOf(CONTENTS.test));
    expect(JSON.stringify(sent)).not.toContain("secret");
  });
});
