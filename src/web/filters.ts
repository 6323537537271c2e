import { labelOf, type Pack } from "#model/pack.ts";
import { pathWith } from "./asking.ts";
import { type Html, html } from "./html.ts";

type Option = readonly [value: string, label: string];

const named = ({ id, name }: { readonly id: string; readonly name: string }): Option => [id, name];

/** What a view can be narrowed to: the parameter, what people call it, what leaves it open, and what it offers. */
const CHOICES = {
  point: { name: "point", label: "Friction point", open: "Any", offered: ({ points }: Pack) => points.map(named) },
  place: { name: "place", label: "Place", open: "Any", offered: ({ facets }: Pack) => facets.places.map(named) },
  stage: {
    name: "stage",
    label: "Stage",
    open: "Any",
    offered: ({ facets }: Pack) => facets.stages.map((stage): Option => [stage.id, labelOf(stage)]),
  },
  since: {
    name: "since",
    label: "Since",
    open: "Any time",
    offered: (): readonly Option[] => [
      ["24h", "The last day"],
      ["7d", "The last week"],
      ["30d", "The last 30 days"],
      ["26w", "The last half-year"],
    ],
  },
  back: {
    name: "since",
    label: "How far back",
    open: "Half a year",
    offered: (): readonly Option[] => [
      ["13w", "3 months"],
      ["52w", "A year"],
    ],
  },
  within: {
    name: "within",
    label: "How far ahead",
    open: "30 days",
    offered: (): readonly Option[] => [
      ["7d", "A week"],
      ["90d", "3 months"],
      ["52w", "A year"],
    ],
  },
} as const;

export type Choice = keyof typeof CHOICES;

/** A form that narrows what an address shows, folded away on a phone. `first` stands before the choices. */
export function filters(url: URL, choices: readonly Choice[], pack: Pack, first: Html | null = null): Html {
  const chosen = chosenIn(url, choices).length;
  return html`<div class="filters"><details class="unfold"><summary>Filter${chosen > 0 && ` (${chosen})`}</summary>
<form action="${url.pathname}">${first}${choices.map((choice) => select(choice, url, pack))}
<button>Show</button>${chosen > 0 && html`<a class="button plain" href="${widened(url, choices)}">Everything</a>`}</form></details></div>`;
}

const chosenIn = (url: URL, choices: readonly Choice[]): readonly string[] =>
  choices.map((choice) => CHOICES[choice].name).filter((name) => url.searchParams.has(name));

/** The same view of everything: what is looked for stays, what it was narrowed to goes, and so does the page that was turned to. */
function widened(url: URL, choices: readonly Choice[]): string {
  const left = ["cursor", ...chosenIn(url, choices)];
  return pathWith(
    url.pathname,
    [...url.searchParams].filter(([name]) => !left.includes(name)),
  );
}

/** An empty list, and the way out of what narrowed it: on a phone that is folded away. */
export const nothing = (url: URL, sentence: Html, choices: readonly Choice[]): Html =>
  html`<p>${sentence}${chosenIn(url, choices).length > 0 && html` <a href="${widened(url, choices)}">Show everything</a>`}</p>`;

function select(choice: Choice, url: URL, pack: Pack): Html {
  const { name, label, open, offered } = CHOICES[choice];
  const options = offered(pack);
  const chosen = url.searchParams.getAll(name).join(",");
  // An address may name several, or a time of its own: it stays chosen.
  const own: readonly Option[] = chosen === "" || options.some(([value]) => value === chosen) ? [] : [[chosen, chosen]];
  return html`<label>${label}<select name="${name}"><option value="">${open}</option>${[...own, ...options].map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></label>`;
}

/** What an address is narrowed to, in words: `Audit scope · European Union · The last week`. */
export function narrowedTo(url: URL, choices: readonly Choice[], pack: Pack): string {
  const words = choices.flatMap((choice) => {
    const { name, offered } = CHOICES[choice];
    const values = url.searchParams.getAll(name).flatMap((value) => value.split(","));
    return values.map((value) => offered(pack).find(([id]) => id === value)?.[1] ?? value);
  });
  return words.join(" · ");
}
