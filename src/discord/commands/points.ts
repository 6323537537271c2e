import { escapeText, escapeWithin } from "#discord/escape.ts";
import type { Pack } from "#model/pack.ts";
import { type Command, lookUp } from "./command.ts";
import { paged, type Text } from "./paging.ts";

const PER_PAGE = 6;
const MAX_NAME = 100;
const MAX_DEFINITION = 300;

/** `/points`: what is fought over, and by whom. */
export const points: Command = {
  definition: lookUp("points", "The friction points: what the two sides are fighting over"),
  async run(_interaction, context) {
    return paged({ read: async () => all(context.pack), perPage: PER_PAGE }, context);
  },
};

function all(pack: Pack): Text {
  const entries = pack.points.map(({ id, name, definition, sides }) => {
    const argued = sides.map(
      (side) => `${escapeWithin(side.name, MAX_NAME)}: ${escapeWithin(side.argues, MAX_DEFINITION)}`,
    );
    return [`**${escapeWithin(name, MAX_NAME)}** (\`${id}\`)`, escapeWithin(definition, MAX_DEFINITION), ...argued]
      .filter((line) => line !== "")
      .join("\n");
  });
  return { title: `${pack.points.length} friction points of ${escapeText(pack.name)}`, entries };
}
