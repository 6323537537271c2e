import { expect, test } from "vitest";
import { plainLine, plainText } from "#text/plain-text.ts";

test.each([
  ["The penalty is <del>5 million</del> <ins>2 million</ins> crowns.", "The penalty is 2 million crowns."],
  ["It <s>may</s> must, and <strike>shall</strike> will.", "It must, and will."],
  ["<del><p>All of it.</p></del><p>None of it.</p>", "None of it."],
  ['A <span style="text-decoration:line-through">first <span>old</span> word</span> last one', "A last one"],
  ['<p class="strikethrough">Withdrawn.</p><p>Standing.</p>', "Standing."],
  ['<div style="display: none">For the mail program.</div><p>For readers.</p>', "For readers."],
  ["<s>one <b>two <s>three</s></b></s> four", "four"],
  ["A fine of 5\u0336 \u0336m\u0336 2m", "A fine of 2m"],
  [
    '<p hidden>For the mail program.</p><p class="so hidden">The rule.</p><p data-hidden="hidden">It stands.</p>',
    "The rule.\n\nIt stands.",
  ],
])("what is struck in %j is not said", (html, said) => expect(plainText(html)).toBe(said));

test("a strike that an address or a sentence speaks of strikes nothing", () => {
  const html = '<a class="news" href="https://a.example/teachers-strike/line-through?class=strike">Teachers strike</a>';
  expect(plainText(`${html} again`)).toBe("Teachers strike again");
});

test("what is never closed strikes nothing", () => {
  expect(plainText("It <s>may be, and <b>more</b>.</p><p>Then")).toBe("It may be, and more.\n\nThen");
});

test.each([
  ["Cap <EUR 5m stays", "Cap <EUR 5m stays"],
  ["Fines &lt;EUR 5m&gt; and <b>more</b>", "Fines <EUR 5m> and more"],
  ["Models <10^26 FLOP, or a <frontier model> as defined", "Models <10^26 FLOP, or a <frontier model> as defined"],
  ["<o:p>Word</o:p> and <my-note>a note</my-note>, <note>another</note>", "Word and a note, another"],
  ["<CENTER>In the middle</CENTER>", "In the middle"],
])("of %j only tags are taken away", (html, said) => expect(plainText(html)).toBe(said));

test("a title may speak of an element that no line is set with", () => {
  expect(plainLine("A guide to <head> for <em>regulators</em>")).toBe("A guide to <head> for regulators");
  expect(plainLine("<div dir=rtl>Notice</div>")).toBe("Notice");
});

test.each([
  ["Regu\u00ADlie\u00ADrungs\u00ADbe\u00ADhörde", "Regulierungsbehörde"],
  ["Haf&shy;tung, Auf&#173;sicht, AI&ZeroWidthSpace;", "Haftung, Aufsicht, AI"],
  ["inde\u200Bpend\u200Cent au\u200Ddit\uFEFFors \u2060now", "independent auditors now"],
  ["\u202ALeft\u202C \u202Eright\u202C \u200Ein English\u2069", "Left right in English"],
  ["\u2067הוועדה\u2069 AI\u200F", "\u2067הוועדה\u2069 AI\u200F"],
  ["می\u200Cخواهم", "می\u200Cخواهم"],
  ["क्\u200Dष", "क्\u200Dष"],
  ["👩\u200D⚖️ and 🏳️\u200D🌈", "👩\u200D⚖️ and 🏳️\u200D🌈"],
  ["&#55357;&#56832; &#xD83D;&#xDE00;", "😀 😀"],
  ["half \uD83D of it", "half of it"],
])("of what nobody sees in %j the script's own stays", (html, shown) => expect(plainText(html)).toBe(shown));
