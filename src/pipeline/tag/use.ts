import { type Document, readDocument } from "./document.ts";
import type { Publisher } from "./publisher.ts";
import { type Placed, phrasesOf } from "./rules.ts";
import { findInDocument, judgeFindings, type Rules, type Taggable } from "./tag.ts";

/** Which phrases of a pack decide something of the articles that are looked at. */
export type Use = {
  readonly look: (article: Taggable, publisher: Publisher | undefined) => void;
  /** Those that decided nothing so far: taken out by itself, none would have changed what is said of any article. */
  readonly unused: () => readonly Placed[];
};

export function createUse(rules: Rules): Use {
  const phrases = [...phrasesOf(rules.pack)];
  const used = new Set<number>();
  return {
    look(article, publisher) {
      const document = readDocument(article, rules);
      const at = article.publishedAt ?? null;
      const said = (read: Document) => saidOf(findInDocument(read, rules, at, publisher), rules, publisher);
      const whole = said(document);
      // Rules have the numbers of the phrases; those behind them are no pack's.
      const open = new Set(document.matches.map(({ rule }) => rule.number)).difference(used);
      for (const number of open)
        if (number < phrases.length && said(without(document, number)) !== whole) used.add(number);
    },
    unused: () => phrases.filter((_, number) => !used.has(number)),
  };
}

function without(document: Document, number: number): Document {
  const isOther = ({ rule }: Document["matches"][number]) => rule.number !== number;
  return {
    ...document,
    matches: document.matches.filter(isOther),
    bySentence: document.bySentence.map((matches) => matches.filter(isOther)),
  };
}

/** All that readers and filters can tell of what tagging says: not how sure it is, but how far that lets it go. */
function saidOf(findings: Parameters<typeof judgeFindings>[0], rules: Rules, publisher: Publisher | undefined): string {
  const { relevant, support, hold, tags } = judgeFindings(findings, rules, publisher).tagging;
  const { digest, post } = rules.pack.support;
  const names = tags.map(({ axis, id, strength, primary }) => `${axis} ${id} ${strength} ${primary}`).toSorted();
  return JSON.stringify([relevant, support >= digest, support >= post, hold, names]);
}
