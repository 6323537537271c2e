/** Where the pages of an article's document begin in its text: a citation of it has a page. */
export const documents = (): readonly string[] => ["alter table articles add column document text"];
