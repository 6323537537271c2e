import type { AnswerOf } from "#answers/question.ts";
import { story } from "#answers/story.ts";
import { type Handler, pageOf } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { counted, outside, said, standing } from "#web/parts.ts";

type Proven = AnswerOf<typeof story>["why"][number];

/** As many articles as are proven: the first reports carry what a story is read as. */
const PROVEN = 20;

/** `/stories/12/why`: the phrases that matched, the sentences that they stand in, and the rules that fired. */
export const whyPage =
  (id: string): Handler =>
  async (_, library, now) =>
    pageOf(await story.answer(library, { story: id, proofs: PROVEN }, now), (told) => ({
      title: `Why: ${told.title}`,
      main: html`<div class="told"><div class="intro"><h1>Why story ${told.id} is here</h1><p><a href="/stories/${told.id}">${said(told.title)}</a></p>
<p>Each article was read as follows: the phrase that matched, in its sentence, and the rule that it met.</p></div>
${told.why.map(article)}</div>`,
    }));

/** The leading article's proof stands open, that of the others is a press away. */
const article = ({ title, url, gist, tags, language, ...cited }: Proven, at: number): Html =>
  html`<section class="part"><h2>${outside(title, url, language)}</h2><p class="meta">${standing({ ...cited, url, language })}</p>
${gist !== null && html`<p>Read as: ${said(gist)}</p>`}
<details${at === 0 && html` open`}><summary>${counted(tags.length, "tag")}<span class="unseen"> of ${title}</span></summary><ul class="rows">${tags.map(tag)}</ul></details></section>\n`;

const tag = ({ axis, name, strength, phrase, sentence, rule, reading }: Proven["tags"][number]): Html =>
  html`<li><p><b>${axis} ${name}</b>${strength === "weak" && html` <span class="tag">weak</span>`}${reading !== "stated" && html` <span class="tag">${reading}</span>`}</p>
<p class="said">${sentence === "" ? html`<mark>${said(phrase)}</mark>` : marked(sentence, phrase)}</p><p class="meta">Rule <code>${rule}</code></p></li>\n`;

/** The sentence, its phrase marked. */
function marked(sentence: string, phrase: string): Html {
  const at = sentence.indexOf(phrase);
  if (at < 0) return html`${said(sentence)} <mark>${said(phrase)}</mark>`;
  return html`<bdi>${sentence.slice(0, at)}<mark>${phrase}</mark>${sentence.slice(at + phrase.length)}</bdi>`;
}
