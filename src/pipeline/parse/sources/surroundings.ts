import { type Element, first } from "./tree.ts";

/** Elements and roles that stand around what a page is about, and forms. */
const BESIDE = new Set("nav footer aside form dialog script style noscript template svg select button".split(" "));
const BESIDE_ROLES = new Set("navigation complementary banner contentinfo search menu menubar dialog".split(" "));

/** The same by class names and ids; a name of several words counts by each. */
const BESIDE_NAME =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|pagination|pager|social|share|cookies?|skip|toolbar|languages?|widgets?|related|popular|trending)(?:$|[\s_-])/i;

/** Within these a header is the header of an article. */
const OWN = new Set("main article section li".split(" "));

/** Whether no list of news stands in an element: what leads around the site, and what pages through the list. */
export function isBeside(element: Element): boolean {
  const { name, attribs } = element;
  if (BESIDE.has(name) || BESIDE_ROLES.has(attribs["role"] ?? "")) return true;
  if (name === "header" && !isWithin(element, OWN)) return true;
  if (name === "body" || name === "html" || name === "main") return false;
  // `layout has-sidebar` holds the whole page.
  return BESIDE_NAME.test(`${attribs["class"] ?? ""} ${attribs["id"] ?? ""}`) && first("main, h1", element) === null;
}

function isWithin({ parent }: Element, names: ReadonlySet<string>): boolean {
  for (let up = parent; up !== null && "attribs" in up; up = up.parent) if (names.has(up.name)) return true;
  return false;
}
