import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RawFile,
} from "discord.js";
import {
  type Card,
  type CardStyle,
  type CitedText,
  citationText,
  citationUrl,
  type DatedText,
  HEADLINE_ONLY,
} from "#model/delivery.ts";
import { labelOf, type Pack, type Tone, toneOf } from "#model/pack.ts";
import { moreSourcesText, newsOf, noticeText } from "#pipeline/words.ts";
import { cutText } from "#text/cut.ts";
import { escapeText, escapeWithin, link, linkable, MAX_EMBED_URL, timestamp } from "./escape.ts";

/** Discord's limits, from its documentation: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 4_096;
const MAX_CONTENT = 2_000;

/** Of all text displays of a message together: https://docs.discord.com/developers/components/reference#text-display */
const MAX_DISPLAYED = 4_000;

/** What moved, in our words: a line. */
const MAX_CHANGE = 300;
const MAX_SOURCE_NAME = 60;
const MAX_SAGA = 300;

/** What a phone shows of a message before it is opened: the stage and a headline's length. */
const MAX_NOTICE = 180;

/** A message as Discord's REST takes it. */
export type Body = {
  readonly content?: string;
  readonly embeds?: APIEmbed[];
  readonly components?: APIMessageTopLevelComponent[];
  readonly flags?: MessageFlags.IsComponentsV2;
  /** What is attached, beside the JSON. */
  readonly files?: RawFile[];
  readonly allowed_mentions: { readonly parse: []; readonly roles?: readonly string[] };
};

/** Nobody is ever pinged by what a source says. */
export const NO_MENTIONS: Body["allowed_mentions"] = { parse: [] };

/** A colour means one thing, as its tone: grey that nothing is decided, green that the pressure eases, else from blue to red how far it has come. */
const COLOURS: Readonly<Record<Tone, number>> = {
  open: 0x80848e,
  eased: 0x2f9e62,
  low: 0x3b82c8,
  mid: 0xd4a72c,
  high: 0xd97a27,
  top: 0xc0392b,
};

/** The words of the stage always stand beside it. */
const colourOf = ({ stage: label }: Card, { facets }: Pack): number =>
  COLOURS[toneOf(facets.stages.find((each) => labelOf(each) === label)?.id ?? null, facets)];

/** A card in the style that was chosen. */
export const cardBody = (card: Card, pack: Pack, style: CardStyle): Body =>
  style === "embeds" ? embedBody(card, pack) : componentsBody(card, pack);

/** A card as a container of components. Whatever the card holds, the result is within Discord's limits. */
export function componentsBody(card: Card, pack: Pack): Body {
  const heading = headingOf(card);
  const foot = `-# ${footOf(card)}`;
  const display = (content: string) => ({ type: ComponentType.TextDisplay as const, content });
  // Room for the mention of a role, which is a text display too.
  const text = lines(card, MAX_DISPLAYED - MAX_MENTION - heading.length - foot.length);
  const components = [display(heading), display(text), display(foot), ...buttonsOf(card)];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: colourOf(card, pack), components }],
    allowed_mentions: NO_MENTIONS,
  };
}

/** `<@&…>` with a snowflake of 20 digits. */
const MAX_MENTION = 24;

const headingOf = (card: Card) => `**${link(escapeWithin(card.title, MAX_TITLE) || "Untitled", card.url)}**`;

const footOf = ({ storyId, revision }: Card) => `Story ${storyId} · revision ${revision}`;

/** A card as an embed with its buttons. Whatever the card holds, the result is within Discord's limits. */
export function embedBody(card: Card, pack: Pack): Body {
  const url = linkable(card.url, MAX_EMBED_URL);
  const embed: APIEmbed = {
    title: escapeWithin(card.title, MAX_TITLE) || "Untitled",
    ...(url === null ? {} : { url }),
    description: lines(card, MAX_DESCRIPTION),
    color: colourOf(card, pack),
    footer: { text: footOf(card) },
  };
  return {
    content: noticeOf(newsOf(card)),
    embeds: [embed],
    components: buttonsOf(card),
    allowed_mentions: NO_MENTIONS,
  };
}

/** A notification shows a message's text, and nothing of an embed. */
export const noticeOf = (news: Pick<Card, "stage" | "title">, limit = MAX_NOTICE): string =>
  escapeWithin(noticeText(news, limit), limit) || "Untitled";

/** The same as plain text, where embeds are not permitted. */
export function plainBody(card: Card): Body {
  const heading = headingOf(card);
  const content = `${heading}\n${lines(card, MAX_CONTENT - heading.length - 1)}`;
  return { content, components: buttonsOf(card), allowed_mentions: NO_MENTIONS };
}

/** The same message, with a role mentioned before it: that one and nothing else. */
export function mentioning(body: Body, role: string | null): Body {
  if (role === null) return body;
  const allowed_mentions = { parse: [] as [], roles: [role] };
  if (body.flags !== undefined) {
    const mention = { type: ComponentType.TextDisplay as const, content: `<@&${role}>` };
    return { ...body, components: [mention, ...(body.components ?? [])], allowed_mentions };
  }
  const content = cutText(`<@&${role}>${body.content === undefined ? "" : ` ${body.content}`}`, MAX_CONTENT);
  return { ...body, content, allowed_mentions };
}

/** What a button's id holds; it also marks a message as the one of this revision. */
export const buttonId = (kind: string, card: Pick<Card, "storyId" | "revision">) =>
  `${kind}:${card.storyId}:${card.revision}`;

/** As many as a row holds, and below them what a card with a day to come has beside. */
function buttonsOf(card: Card): APIActionRowComponent<APIButtonComponent>[] {
  const button = (kind: string, label: string): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: buttonId(kind, card),
  });
  const row = (components: APIButtonComponent[]) => ({ type: ComponentType.ActionRow as const, components });
  return [
    row([
      button("why", "Why"),
      button("sources", "Sources"),
      button("follow-story", "Follow this story"),
      button("flag", "Flag"),
      button("wrong", "Wrong"),
    ]),
    ...(card.hasDays ? [row([button("remind", "Remind me")])] : []),
  ];
}

/**
 * What it belongs to, one line of status, what moved, the summary, figures that differ, and the sources in one line. What does not
 * fit is left out: sentences from the end of the summary first, none of them cut, then the addresses of the sources.
 */
function lines(card: Card, limit: number): string {
  const saga = card.saga === null ? "" : escapeWithin(card.saga, MAX_SAGA);
  const head = [saga, statusLine(card)].filter((line) => line !== "").join("\n");
  const change = card.change === null ? [] : [`**New:** ${escapeWithin(card.change, MAX_CHANGE)}`];
  const cite = (cited: CitedText) => `${escapeText(cited.text)}${citation(card, cited)}`;
  const summary = card.sentences.length === 0 ? [HEADLINE_ONLY] : card.sentences.map(cite);
  const claim = (said: DatedText) => `${escapeText(said.text)} (${claimant(card, said)})`;
  const conflicts = card.conflicts.map(
    ({ figures: [one, other] }) => `**Sources differ:** ${claim(one)} or ${claim(other)}`,
  );
  const ends = [[...conflicts, sourcesLine(card, true)], [sourcesLine(card, true)], [sourcesLine(card, false)], []];
  for (const end of ends) {
    for (let kept = summary.length; kept >= Math.min(1, summary.length); kept -= 1) {
      const parts = [head, ...change, summary.slice(0, kept).join(" "), ...end];
      const text = parts.filter((part) => part !== "").join("\n\n");
      if (text.length <= limit) return text;
    }
  }
  return cutText([head, ...change].join("\n\n"), limit);
}

/** `The Gazette, 24/11/2026 [1]`: who says it, and when. */
function claimant(card: Card, said: DatedText): string {
  const name = escapeWithin(card.sources[said.source - 1]?.name ?? "", MAX_SOURCE_NAME);
  return `${[name, timestamp(said.at, "d")].filter((part) => part !== "").join(", ")}${citation(card, said)}`;
}

function citation({ sources }: Card, cited: CitedText): string {
  const url = citationUrl(sources, cited);
  return url === null ? "" : ` ${link(`\\[${citationText(cited)}\\]`, url)}`;
}

function statusLine(card: Card): string {
  const status = [card.stage, card.certainty].flatMap((word) => (word === null ? [] : [escapeText(word)])).join(" · ");
  const about = [card.places, card.points].map((names) => escapeWithin(names.join(", "), MAX_ABOUT));
  return [status === "" ? "" : `**${status}**`, ...about, timestamp(card.at)].filter((part) => part !== "").join(" · ");
}

/** Three names, each at its longest. */
const MAX_ABOUT = 300;

function sourcesLine({ sources, moreSources }: Card, linked: boolean): string {
  if (sources.length === 0) return "";
  const named = sources.map(({ name, url, primary }, at) => {
    const shown = escapeWithin(name, MAX_SOURCE_NAME);
    const label = `${linked ? link(shown, url) : shown}${primary ? " (primary)" : ""}`;
    // A number stays with its name where a line breaks.
    return `\\[${at + 1}\\]\u00a0${label}`;
  });
  return [...named, moreSourcesText({ moreSources })].filter((part) => part !== "").join(" · ");
}
