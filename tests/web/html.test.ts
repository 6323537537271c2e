import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { html } from "#web/html.ts";

/** The text of markup, its elements and their attributes, as a browser reads them. */
function read(markup: string) {
  let text = "";
  const elements: { readonly name: string; readonly attributes: Record<string, string> }[] = [];
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
    onopentag: (name, attributes) => elements.push({ name, attributes }),
  });
  parser.end(markup);
  return { text, elements };
}

/** Without controls, which no page may hold. */
const shown = (text: string) =>
  [...text.toWellFormed()].filter((one) => !/\p{Cc}/u.test(one) || /[\t\n\r]/.test(one)).join("");

test("whatever text is put into a page stays text there, in an element and in an attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const { text: read1, elements } = read(html`<p title="${text}">${text}</p>`.toString());
      expect(elements).toEqual([{ name: "p", attributes: { title: shown(text) } }]);
      expect(read1).toBe(shown(text));
    }),
  );
});

test("markup, lists and what is left out stand as they are", () => {
  const rows = ["<a>", "b"].map((text) => html`<li>${text}</li>`);
  expect(html`<ul class="${1}">${rows}${null}${false}${0}</ul>`.toString()).toBe(
    '<ul class="1"><li>&lt;a&gt;</li><li>b</li>0</ul>',
  );
});

test("every attribute that is given something stands in quotes", () => {
  for (const file of globSync("src/web/**/*.ts"))
    expect(readFileSync(file, "utf8"), file).not.toMatch(/=\$\{[^}]*\}[\s>].*`/);
});
