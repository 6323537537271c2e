import fc from "fast-check";
import { parseHTML } from "linkedom";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { mailFor } from "#destinations/mail/mail.ts";
import { settings } from "#destinations/mail/settings.ts";
import { bytesOf } from "#destinations/mail/smtp.ts";
import type { Content } from "#destinations/message.ts";
import type { Card } from "#model/delivery.ts";
import { CONTENTS } from "#support/receivers/contents.ts";
import { anyCard, foreignText, tainted } from "#support/receivers/foreign.ts";
import { messageOf } from "#support/receivers/opening.ts";
import { mailProblems } from "#support/receivers/smtp.ts";
import { card, NOW } from "#support/samples.ts";

const SETTINGS = { server: "smtps://mail.example", from: "news@policy.example", to: "desk@firm.example" };

const read = (typed: object) => settings.parse({ ...SETTINGS, ...typed });

const mailOf = (content: Content, typed = {}, key = "k".repeat(43)) =>
  mailFor(messageOf(content, { key }), read(typed));

const arrivedOf = async (content: Content, typed = {}) => {
  const raw = (await bytesOf(mailOf(content, typed))).toString("latin1");
  return { raw, mail: await PostalMime.parse(raw) };
};

const header = (mail: Awaited<ReturnType<typeof PostalMime.parse>>, name: string) =>
  mail.headers.filter(({ key }) => key === name).map(({ value }) => value);

const storyOf = (shown: Card, given = {}): Content => ({
  kind: "story",
  card: shown,
  earlier: null,
  saga: null,
  ...given,
});

test.each(Object.values(CONTENTS).filter(({ kind }) => kind !== "growth"))(
  "a $kind is a mail of its own form, in plain text and HTML",
  async (content) => {
    const { raw, mail } = await arrivedOf(content);
    expect(mailProblems(raw)).toEqual([]);
    expect(mail.from).toEqual({ name: "Policywire", address: "news@policy.example" });
    expect(mail.to?.map(({ address }) => address)).toEqual(["desk@firm.example"]);
    expect(mail.date).toBe(NOW.toISOString());
    expect(mail.messageId).toBe(`<${"k".repeat(43)}@policy.example>`);
    expect(header(mail, "auto-submitted")).toEqual(["auto-generated"]);
    expect(header(mail, "list-id")).toEqual(['"Policywire: desk" <desk.policywire.policy.example>']);
    expect(header(mail, "list-unsubscribe")).toEqual(["<mailto:news@policy.example?subject=unsubscribe>"]);
    expect(mail.text).toMatch(/\n-- \n/);
    expect(mail.html).toContain("<h1");
  },
);

test("a story says in its subject what moved, and in its text every sentence with its source's address", async () => {
  const { mail } = await arrivedOf(CONTENTS.story);
  expect(mail.subject).toBe("Threatened: Department weighs penalty");
  const { sentences, sources } = card();
  for (const { text } of sentences) {
    expect(mail.text).toContain(text);
    expect(mail.html).toContain(text);
  }
  for (const { name, url } of sources) expect(mail.text).toContain(`${name} <${url}>`);
});

test("a digest tells each story with its sentences and sources", async () => {
  const { mail } = await arrivedOf(CONTENTS.digest);
  expect(mail.subject).toBe(
    "Daily digest · 2 developments in 5 articles · Threatened, reported, unconfirmed: Department weighs penalty",
  );
  expect(mail.text).toContain("Minister & allies <weigh> audits");
  expect(mail.html).toContain("Minister &#38; allies &#60;weigh&#62; audits");
  for (const { text } of card().sentences) expect(mail.text?.split(text)).toHaveLength(3);
});

test("a memo has all of itself attached as Markdown", async () => {
  const { mail } = await arrivedOf(CONTENTS.memo);
  expect(mail.subject).toMatch(/^Weekly memo · 17 Nov 2026 – 24 Nov 2026 · 1 development on 1 friction point/);
  const [file, ...others] = mail.attachments;
  expect(others).toEqual([]);
  expect(file).toMatchObject({
    filename: "memo-2026-11-24-week.md",
    mimeType: "text/markdown",
    disposition: "attachment",
  });
  expect(new TextDecoder().decode(file?.content as ArrayBuffer)).toContain("# Weekly memo");
});

test("one press ends it where operators have an address for that", async () => {
  const { mail } = await arrivedOf(CONTENTS.story, {
    unsubscribe: "leave@policy.example https://policy.example/leave?id=4",
  });
  expect(header(mail, "list-unsubscribe")).toEqual([
    "<mailto:leave@policy.example?subject=unsubscribe>, <https://policy.example/leave?id=4>",
  ]);
  expect(header(mail, "list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
  expect(mail.html).toContain('href="https://policy.example/leave?id=4"');
});

test("a later development answers the mail before it, within its dispute", async () => {
  const [saga, earlier] = ["<a@policy.example>", "<b@policy.example>"];
  const both = (await arrivedOf(storyOf(card({ revision: 3 }), { saga, earlier }))).mail;
  expect([both.inReplyTo, both.references]).toEqual([earlier, `${saga} ${earlier}`]);
  const first = (await arrivedOf(storyOf(card(), { saga }))).mail;
  expect([first.inReplyTo, first.references]).toEqual([saga, saga]);
  expect((await arrivedOf(storyOf(card()))).mail.inReplyTo).toBeUndefined();
});

test("of several who get it none learns who the others are", async () => {
  const to = "one@firm.example two@firm.example";
  const { envelope } = mailOf(CONTENTS.story, { to });
  expect(envelope.to).toEqual(["one@firm.example", "two@firm.example"]);
  const { raw } = await arrivedOf(CONTENTS.story, { to });
  expect(raw).not.toContain("firm.example");
});

/** What the HTML of a mail may hold: nothing is loaded, and nothing runs. */
const TAGS = [
  "A",
  "BODY",
  "BR",
  "DIV",
  "H1",
  "H2",
  "HEAD",
  "HTML",
  "LI",
  "META",
  "P",
  "STRONG",
  "STYLE",
  "TITLE",
  "UL",
];
const ATTRIBUTES = ["charset", "class", "content", "dir", "href", "lang", "name", "style"];

const styles = (html: string) => [...new Set(html.match(/style="[^"]*"/g))].sort();
const OURS = new Set(
  styles(
    Object.values(CONTENTS)
      .map((one) => mailOf(one).html)
      .join(),
  ),
);

/** What of a mail acts that ought to stand there as words, or would be refused. */
async function faultsOf(content: Content): Promise<readonly unknown[]> {
  const { raw, mail } = await arrivedOf(content);
  const html = mail.html ?? "";
  const { document } = parseHTML(html);
  const elements = [...document.querySelectorAll("*")];
  const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? "");
  return [
    ...mailProblems(raw),
    ...(mail.to?.length === 1 && mail.cc === undefined && mail.bcc === undefined ? [] : ["others get it"]),
    ...(Buffer.byteLength(html) < 102_000 ? [] : ["too long for Gmail"]),
    ...elements.map(({ tagName }) => tagName).filter((name) => !TAGS.includes(name)),
    ...elements
      .flatMap(({ attributes }) => [...attributes].map(({ name }) => name))
      .filter((name) => !ATTRIBUTES.includes(name)),
    ...styles(html).filter((style) => !OURS.has(style)),
    ...links.filter((link) => !/^(?:https?:\/\/|mailto:)/.test(link)),
  ];
}

test("any story and digest is a mail that servers take, in which nothing foreign acts", async () => {
  const property = fc.asyncProperty(anyCard, fc.integer({ min: 0, max: 60 }), async (any, times) => {
    const digest = {
      subscriptionId: 1,
      mode: "daily" as const,
      cards: Array.from({ length: times }, () => any),
      folded: 2,
    };
    for (const content of [storyOf(any), { kind: "digest" as const, digest }])
      expect(await faultsOf(content)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 40 });
});

test("whatever is told is a mail that servers take, in which nothing foreign acts", async () => {
  const property = fc.asyncProperty(foreignText, fc.constantFrom(...Object.values(CONTENTS)), async (text, content) => {
    expect(await faultsOf(tainted(content, text))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 60 });
});

test.each([
  [{ server: "https://mail.example" }, "server"],
  [{ server: "smtp://user:pass@mail.example" }, "server"],
  [{ server: "smtps://192.0.2.7" }, "server"],
  [{ server: "smtps://mail.example/?x=1" }, "server"],
  [{ from: "Desk <desk@firm.example>" }, "from"],
  [{ from: "a@b.example\r\nBcc: c@d.example" }, "from"],
  [{ to: "" }, "to"],
  [{ to: "one@firm.example nobody" }, "to"],
  [{ unsubscribe: "http://policy.example/leave" }, "unsubscribe"],
])("settings that cannot work are refused, by their field (%#)", (typed, field) => {
  const { error } = settings.safeParse({ ...SETTINGS, ...typed });
  expect([...new Set(error?.issues.map(({ path }) => path[0]))]).toEqual([field]);
});
