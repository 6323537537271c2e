import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  type MessageComponentInteraction,
} from "discord.js";
import type { Answer } from "#discord/answer.ts";
import { labelWithin } from "#discord/escape.ts";
import type { Named } from "#model/axes.ts";
import { requestOf } from "#model/preset.ts";
import { inMode, MODES } from "#model/subscription.ts";
import { whereText } from "./asker.ts";
import type { Context } from "./command.ts";
import { lawsForm, timesForm } from "./follow-times.ts";
import { fitting } from "./list.ts";
import { MODE_NAMES } from "./manner.ts";
import { broughtLines, type Draft, draftText, isBoundless, type Manage, saved } from "./request.ts";
import { selectMenu } from "./select-menu.ts";

/** Discord's limits for a menu and for an embed's description, the last with room for marks. */
const MAX_OPTIONS = 25;
const MAX_LABEL = 100;
const MAX_DESCRIPTION = 3_800;

/** Which page of the points and of the places the menus show: a pack may name more than a menu holds. */
type Pages = { readonly points: number; readonly places: number };

/** Where somebody stands in a form. It lives as long as its buttons, and an old one says that it is too old. */
type Form = { readonly draft: Draft; readonly pages: Pages; readonly manage: Manage; readonly context: Context };

/**
 * The form of `/follow`: menus for a preset, the friction points, the places and the mode, what they would have brought, and a
 * button that saves. Each choice shows it anew.
 */
export const followForm = (draft: Draft, manage: Manage, context: Context): Promise<Answer> =>
  shown({ draft, pages: { points: 0, places: 0 }, manage, context });

async function shown(form: Form): Promise<Answer> {
  const { draft, context } = form;
  const { wanted, replaces } = draft;
  const isEmpty = isBoundless(wanted.filter);
  const what = isEmpty
    ? "Choose a preset, or friction points and places. Several of one kind widen, both kinds together narrow."
    : `**${draftText(draft, context)}.**`;
  const entries = [
    `${replaces === null ? "Follow" : `Change request ${replaces}`} in ${whereText(wanted)}.`,
    what,
    ...(isEmpty ? [] : await broughtLines(draft, context)),
  ];
  return {
    content: "",
    embeds: [{ title: "What shall be followed?", description: fitting(entries, MAX_DESCRIPTION, "\n\n") }],
    components: [...menusOf(form), { type: ComponentType.ActionRow, components: buttonsOf(form, isEmpty) }],
  };
}

/** The form after a change. */
const again = async (form: Form, change: Partial<Form>): Promise<Answer> => ({
  ...(await shown({ ...form, ...change })),
  update: true,
});

const asking = (form: Form, change: Partial<Draft["wanted"]>): Partial<Form> => ({
  draft: { ...form.draft, wanted: { ...form.draft.wanted, ...change } },
});

type Row = APIActionRowComponent<APIStringSelectComponent>;

function menusOf(form: Form): readonly Row[] {
  const { pack } = form.context;
  const { manner } = form.draft.wanted;
  const presets = pack.presets.map(({ name }, at) => ({ id: String(at), name }));
  const modes = MODES.map((id) => ({ id, name: MODE_NAMES[id] }));
  return [
    ...(presets.length === 0
      ? []
      : [
          oneOf(form, "Take a preset …", presets, null, (chosen) => {
            const preset = pack.presets[Number(chosen)];
            return preset === undefined ? {} : asking(form, requestOf(preset, manner));
          }),
        ]),
    severalOf(form, "points", "Friction points: any", pack.points),
    severalOf(form, "places", "Places: any", pack.facets.places),
    oneOf(form, "When it is posted", modes, manner.mode, (chosen) => {
      const mode = MODES.find((one) => one === chosen) ?? manner.mode;
      return asking(form, { manner: inMode(manner, mode) });
    }),
  ];
}

const optionOf = ({ id, name }: Named, isChosen: boolean) => ({
  label: labelWithin(name, MAX_LABEL),
  value: id,
  default: isChosen,
});

const valuesOf = (pressed: MessageComponentInteraction): readonly string[] =>
  pressed.isStringSelectMenu() ? pressed.values : [];

function oneOf(
  form: Form,
  placeholder: string,
  named: readonly Named[],
  current: string | null,
  change: (chosen: string) => Partial<Form>,
): Row {
  const custom_id = form.context.later.idFor(form.manage((pressed) => again(form, change(valuesOf(pressed)[0] ?? ""))));
  return selectMenu({ custom_id, placeholder, options: named.map((one) => optionOf(one, one.id === current)) });
}

/** What is chosen on another page of the menu stays. */
function severalOf(form: Form, key: keyof Pages, placeholder: string, named: readonly Named[]): Row {
  const { filter } = form.draft.wanted;
  const start = form.pages[key] * MAX_OPTIONS;
  const page = named.slice(start, start + MAX_OPTIONS);
  const elsewhere = filter[key].filter((id) => !page.some((one) => one.id === id));
  const custom_id = form.context.later.idFor(
    form.manage((pressed) =>
      again(form, asking(form, { filter: { ...filter, [key]: [...elsewhere, ...valuesOf(pressed)] } })),
    ),
  );
  return selectMenu({
    custom_id,
    placeholder: elsewhere.length === 0 ? placeholder : `${placeholder.split(":")[0]}: ${elsewhere.length} more chosen`,
    min_values: 0,
    max_values: page.length,
    options: page.map((one) => optionOf(one, filter[key].includes(one.id))),
  });
}

function buttonsOf(form: Form, isEmpty: boolean): APIButtonComponentWithCustomId[] {
  const { draft, manage, context } = form;
  const { later, pack } = context;
  const save = later.button(
    "Save",
    manage(() => saved(draft, manage, context)),
    ButtonStyle.Primary,
  );
  const goesOn = (wanted: Draft["wanted"]) => again(form, { draft: { ...draft, wanted } });
  const times = later.button(
    "Time, words …",
    manage(async () => timesForm(draft, context, goesOn)),
  );
  // A row holds five buttons. There is none to cancel: a form that is dismissed saves nothing.
  const laws = later.button(
    "Laws …",
    manage(async () => lawsForm(draft, context, goesOn)),
  );
  const turn = (label: string, key: keyof Pages, count: number) => {
    const pages = Math.ceil(count / MAX_OPTIONS);
    if (pages < 2) return [];
    const next = (form.pages[key] + 1) % pages;
    return [
      later.button(
        label,
        manage(() => again(form, { pages: { ...form.pages, [key]: next } })),
      ),
    ];
  };
  return [
    { ...save, disabled: isEmpty },
    ...turn("More points", "points", pack.points.length),
    ...turn("More places", "places", pack.facets.places.length),
    laws,
    times,
  ];
}
