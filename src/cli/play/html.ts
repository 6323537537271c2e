const TAG = /<\/?[a-z][^<>]*>/i;

/** Whether a text is HTML, and not plain. */
export const hasTags = (text: string): boolean => TAG.test(text);

/** Plain text as HTML: what a blank line parts is a paragraph, and a line break stays one. */
export const htmlOf = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br>")}</p>`)
    .join("");
