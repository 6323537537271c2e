import { tagsInOrder } from "#answers/story.ts";
import { escapeWithin, labelWithin, link } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import { pagesOf, pagesText } from "#model/citation.ts";
import { feedName, nameOn, type Pack } from "#model/pack.ts";
import type { Evidence, Tag } from "#model/tag.ts";
import { gistOf } from "#pipeline/tag/gist.ts";

const MAX_SENTENCE = 300;
const MAX_TITLE = 150;
const MAX_NAME = 100;
const MAX_PHRASE = 150;

/** What an article is read as, in plain words, and what every tag of it rests on. */
export function evidenceLines(article: StoredArticle, tags: readonly Tag[], pack: Pack): string[] {
  const source = feedName(article.feedId, pack);
  const proofs = tagsInOrder(tags).flatMap((tag) =>
    tag.evidence[0] === undefined ? [] : [proofLine(article, tag, tag.evidence[0], pack)],
  );
  const gist = gistOf(article, tags, pack);
  return proofs.length === 0
    ? []
    : [
        `**${link(escapeWithin(article.title, MAX_TITLE), article.url)}** · ${escapeWithin(source, MAX_NAME)}`,
        ...(gist === null ? [] : [`Read as: ${escapeWithin(gist, MAX_SENTENCE)}`]),
        ...proofs,
      ];
}

function proofLine(article: StoredArticle, tag: Tag, { field, phrase, sentence, rule }: Evidence, pack: Pack): string {
  const text = field === "title" ? article.title : article.text;
  const quoted = escapeWithin(text.slice(sentence.start, sentence.end), MAX_SENTENCE);
  // Texts are emptied after a while; the phrase itself stays with the tag.
  const inside = quoted === "" ? "" : ` in “${quoted}”`;
  const pages = field === "title" ? null : pagesOf(article.document, sentence);
  const page = pages === null ? "" : ` (${link(pagesText(pages), pages.url)})`;
  const weak = tag.strength === "weak" ? " (weak)" : "";
  const named = escapeWithin(`${tag.axis} ${nameOn(tag.axis, tag.id, pack)}`, MAX_NAME);
  return `• ${named}${weak}: “${escapeWithin(phrase, MAX_PHRASE)}”${inside}${page} — rule \`${labelWithin(rule.replaceAll("`", "'"), MAX_PHRASE, "none")}\``;
}
