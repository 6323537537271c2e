import {
  type APIActionRowComponent,
  type APIStringSelectComponent,
  ComponentType,
  MessageFlags,
  TextInputStyle,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, labelWithin } from "#discord/escape.ts";
import type { Amendment } from "#model/amendment.ts";
import type { Named } from "#model/axes.ts";
import { namesOf } from "#model/axes.ts";
import type { Story } from "#model/story.ts";
import { addCorrection, CORRECTION_KINDS } from "#store/corrections.ts";
import { storyById } from "#store/stories.ts";
import { type Button, type Context, type Modal, mayDecide, numberOf } from "./command.ts";
import { selectMenu } from "./select-menu.ts";
import { setRightOf } from "./set-right.ts";

const MAX_NOTE = 1_000;

/** Discord's limits for a menu. */
const MAX_OPTIONS = 25;
const MAX_LABEL = 100;

/** What a story said, and what it says now, fit into a message side by side. */
const MAX_WORDS = 800;

type Kind = (typeof CORRECTION_KINDS)[number];

const LABELS: Readonly<Record<Kind, string>> = {
  policy: "It is no policy news",
  tag: "A friction point or place",
  story: "Articles that do not belong together",
  stage: "The stage or certainty",
  other: "Something else",
};

/** The button `wrong:STORY:REVISION`: what is wrong? Those who keep the rules may set it right at once, the others tell. */
export const wrong: Button = async (_interaction, [storyId, revision], context) => {
  const { later } = context;
  const about = { storyId: numberOf(storyId), revision: numberOf(revision) };
  return {
    content: `What is wrong about story ${about.storyId}?`,
    components: [
      {
        type: ComponentType.ActionRow,
        components: CORRECTION_KINDS.map((kind) =>
          later.button(LABELS[kind], async (pressed) => {
            if (kind === "other" || !mayDecide(pressed, context)) return form(about, kind);
            return kind === "story" ? setRightOf(about.storyId, pressed, context) : menus(about, kind, context);
          }),
        ),
      },
    ],
    flags: MessageFlags.Ephemeral,
  };
};

type About = { readonly storyId: number; readonly revision: number };

const form = ({ storyId, revision }: About, kind: Kind): Answer => ({
  modal: {
    custom_id: `correct:${storyId}:${revision}:${kind}`,
    title: "What is wrong?",
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.TextInput,
            custom_id: "note",
            label: "What should it be, and why?",
            style: TextInputStyle.Paragraph,
            max_length: MAX_NOTE,
            required: true,
          },
        ],
      },
    ],
  },
});

const YES_OR_NO: readonly Named[] = [
  { id: "no", name: "No policy news" },
  { id: "yes", name: "Policy news" },
];

/** What a menu decides: its words, what may be chosen, and what stands there now. */
type Question = {
  readonly axis: Amendment["axis"];
  readonly placeholder: string;
  readonly named: readonly Named[];
  readonly current: readonly string[];
};

/** Kinds that are set right by menus of what may be said instead. */
type Asked = Exclude<Kind, "story" | "other">;

function questionsOf(kind: Asked, story: Story, { points, facets }: Context["pack"]): readonly Question[] {
  const one = (id: string | null) => (id === null ? [] : [id]);
  if (kind === "policy") return [{ axis: "relevance", placeholder: "Policy news", named: YES_OR_NO, current: [] }];
  const certainties = facets.certainties.map(({ id, label }) => ({ id, name: label }));
  return kind === "tag"
    ? [
        { axis: "point", placeholder: "Friction points", named: points, current: story.points },
        { axis: "place", placeholder: "Places", named: facets.places, current: story.places },
      ]
    : [
        { axis: "stage", placeholder: "Stage", named: facets.stages, current: one(story.stage) },
        { axis: "certainty", placeholder: "Certainty", named: certainties, current: one(story.certainty) },
      ];
}

async function menus(about: About, kind: Asked, context: Context): Promise<Answer> {
  const story = await storyById(context.db, about.storyId);
  if (story === null)
    return { ...privately(`There is no story ${about.storyId} any more.`), components: [], update: true };
  const rows = questionsOf(kind, story, context.pack)
    .filter(({ named }) => named.length > 0)
    .map((question) => menuOf(question, kind, about, context));
  const tell = context.later.button("Only tell", async () => form(about, kind));
  return {
    content: `What should story ${story.id} say? It is changed for every server, and recorded.`,
    components: [...rows, { type: ComponentType.ActionRow, components: [tell] }],
    update: true,
  };
}

function menuOf(
  question: Question,
  kind: Asked,
  about: About,
  context: Context,
): APIActionRowComponent<APIStringSelectComponent> {
  const { axis, placeholder, named, current } = question;
  const stands = ({ id }: Named) => current.includes(id);
  // What stands there comes first: a pack may name more places than a menu holds.
  const options = [...named.filter(stands), ...named.filter((one) => !stands(one))].slice(0, MAX_OPTIONS);
  const custom_id = context.later.idFor(async (interaction) => {
    // Who may decide is asked now, whatever they might when the menu was shown.
    if (!mayDecide(interaction, context)) return form(about, kind);
    const ids = interaction.isStringSelectMenu() ? interaction.values : [];
    const by = { guildId: interaction.guildId, createdBy: interaction.user.id };
    const amended = (await context.byHand?.amend({ ...about, ...by, axis, ids })) ?? null;
    if (amended === null)
      return { content: `There is no story ${about.storyId} any more.`, components: [], update: true };
    context.log.info("a story was set right by hand", { story: about.storyId, ...amended, by: by.createdBy });
    const words = (some: readonly string[]) => escapeWithin(namesOf(some, named).join(", "), MAX_WORDS) || "none";
    return {
      content: `${placeholder} of story ${about.storyId}: ${words(amended.from)} → ${words(amended.to)}. It is recorded.`,
      components: [],
      update: true,
    };
  });
  return selectMenu({
    custom_id,
    placeholder,
    min_values: Number(axis === "relevance"),
    max_values: axis === "point" || axis === "place" ? options.length : 1,
    options: options.map((one) => ({ label: labelWithin(one.name, MAX_LABEL), value: one.id, default: stands(one) })),
  });
}

/** The form `correct:STORY:REVISION:KIND`. */
export const correct: Modal = async (interaction, [storyId, revision, kind], { db, clock, log }) => {
  const known = CORRECTION_KINDS.find((one) => one === kind) ?? "other";
  const { guildId, user, fields } = interaction;
  if ((await storyById(db, numberOf(storyId))) === null) return privately("This story is not stored any more.");
  const correction = {
    storyId: numberOf(storyId),
    revision: numberOf(revision),
    kind: known,
    note: fields.getTextInputValue("note"),
    guildId,
    createdBy: user.id,
    applied: null,
  };
  await addCorrection(db, correction, clock());
  log.info("a reader found something wrong", { story: correction.storyId, kind: known, guild: guildId });
  return privately("Thank you. It is recorded for those who keep the rules.");
};
