import { escapeText, escapeWithin, link } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import { nameOn, type Pack } from "#model/pack.ts";
import type { Evidence, Tag } from "#model/tag.ts";

const MAX_SENTENCE = 300;
const MAX_TITLE = 150;

/** What every tag of an article rests on. */
export function evidenceLines(article: StoredArticle, tags: readonly Tag[], pack: Pack): string[] {
  const source = pack.feeds.find(({ id }) => id === article.feedId)?.name ?? article.feedId;
  const proofs = tags.flatMap((tag) =>
    tag.evidence[0] === undefined ? [] : [proofLine(article, tag, tag.evidence[0], pack)],
  );
  return proofs.length === 0
    ? []
    : [`**${link(escapeWithin(article.title, MAX_TITLE), article.url)}** · ${escapeText(source)}`, ...proofs];
}

function proofLine(article: StoredArticle, tag: Tag, { field, phrase, sentence, rule }: Evidence, pack: Pack): string {
  const text = field === "title" ? article.title : article.text;
  const quoted = escapeWithin(text.slice(sentence.start, sentence.end), MAX_SENTENCE);
  // Texts are emptied after a while; the phrase itself stays with the tag.
  const inside = quoted === "" ? "" : ` in “${quoted}”`;
  const weak = tag.strength === "weak" ? " (weak)" : "";
  return `• ${escapeText(`${tag.axis} ${nameOn(tag.axis, tag.id, pack)}`)}${weak}: “${escapeText(phrase)}”${inside} — rule \`${rule.replaceAll("`", "'")}\``;
}
