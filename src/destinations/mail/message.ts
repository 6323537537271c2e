import { Buffer } from "node:buffer";
import type { Draft, Line } from "#destinations/draft/draft.ts";
import { plain } from "#destinations/draft/draft.ts";
import { fitting } from "#destinations/draft/fitting.ts";
import { htmlSize, mailHtml } from "./html.ts";
import { mailText } from "./text.ts";

/** Gmail cuts what is longer than 102 KB, and hides the end of it. */
const MAX_HTML = 100_000;

const MAX_BLOCKS = 2_000;
const MAX_TEXT = 5_000;

/** Whose mail it is, as the settings of its destination say. */
export type Letterhead = {
  /** What people call the destination. */
  readonly name: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Where a mail ends a subscription, and where one press of a button does. */
  readonly unsubscribe: { readonly mail: string; readonly url: string | null };
};

/** What a mail is known by, and what it answers. */
export type Identity = {
  readonly messageId: string;
  /** The mails that it comes after, the newest last. */
  readonly answers: readonly string[];
  readonly at: Date;
};

export type Attachment = { readonly filename: string; readonly content: string; readonly contentType: string };

/** A mail as nodemailer takes it. */
export type Mail = {
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string | { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly date: Date;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: string[];
  readonly text: string;
  readonly html: string;
  readonly headers: Record<string, string>;
  readonly list: { readonly id: { readonly url: string; readonly comment: string }; readonly unsubscribe: string[][] };
  readonly attachments: Attachment[];
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
};

/** The same for every try of one message: programs for mail and servers that saw it before know it again. */
export const messageIdOf = (key: string, from: string): string => `<${key}@${domainOf(from)}>`;

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** A draft as a mail in plain text and HTML. Its headers hold no line break, whatever the draft says. */
export function mailOf(
  draft: Draft,
  { name, from, to, unsubscribe }: Letterhead,
  { messageId, answers, at }: Identity,
  attachments: readonly Attachment[] = [],
): Mail {
  const foot = footOf(name, unsubscribe);
  const size = MAX_HTML - Buffer.byteLength(mailHtml({ ...draft, blocks: [] }, foot));
  const room = { size, blocks: MAX_BLOCKS, longest: MAX_TEXT, sizeOf: htmlSize };
  const shown = { ...draft, blocks: fitting(draft.blocks, room) };
  const last = answers.at(-1);
  const [only] = to;
  return {
    envelope: { from, to: [...to] },
    from: { name: "Policywire", address: from },
    // Who else gets it is nobody's business: of several it is addressed to none.
    to: to.length === 1 && only !== undefined ? only : { name, address: from },
    subject: draft.notice,
    date: at,
    messageId,
    ...(last === undefined ? {} : { inReplyTo: last, references: [...answers] }),
    text: mailText(shown, foot),
    html: mailHtml(shown, foot),
    headers: headersOf(unsubscribe),
    list: {
      id: { url: listId(name, from), comment: `Policywire: ${name}` },
      unsubscribe: [[mailto(unsubscribe.mail), ...(unsubscribe.url === null ? [] : [unsubscribe.url])]],
    },
    attachments: [...attachments],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** That a program wrote it (RFC 3834), so that no other program answers, and that one press ends it (RFC 8058). */
const headersOf = ({ url }: Letterhead["unsubscribe"]): Record<string, string> => ({
  "Auto-Submitted": "auto-generated",
  "X-Auto-Response-Suppress": "All",
  ...(url === null ? {} : { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
});

/** `leadership.policywire.example.org` (RFC 2919). */
const listId = (name: string, from: string): string =>
  `${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "news"
  }.policywire.${domainOf(from)}`;

const mailto = (address: string): string => `mailto:${address}?subject=unsubscribe`;

function footOf(name: string, { mail, url }: Letterhead["unsubscribe"]): readonly Line[] {
  return [
    [plain(`Policywire sent this to ${name}. Each sentence is its source's own; the number leads there.`)],
    [
      plain("To get no more of it: "),
      { text: `write to ${mail}`, url: mailto(mail) },
      ...(url === null ? [] : [plain(" or "), { text: "press here", url }]),
      plain("."),
    ],
  ];
}
