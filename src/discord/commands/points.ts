import { escapeText, escapeWithin } from "#discord/escape.ts";
import { type Command, lookUp } from "./command.ts";
import { paged } from "./pages.ts";

const PER_PAGE = 6;
const MAX_DEFINITION = 300;

/** `/points`: what is fought over, and by whom. */
export const points: Command = {
  definition: lookUp("points", "The friction points: what the two sides are fighting over"),
  async run(_interaction, context) {
    const entries = context.pack.points.map(({ id, name, definition, sides }) => {
      const argued = sides.map((side) => `${escapeText(side.name)}: ${escapeWithin(side.argues, MAX_DEFINITION)}`);
      return [`**${escapeText(name)}** (\`${id}\`)`, escapeWithin(definition, MAX_DEFINITION), ...argued]
        .filter((line) => line !== "")
        .join("\n");
    });
    return paged(
      { title: `${context.pack.points.length} friction points of ${context.pack.name}`, entries, perPage: PER_PAGE },
      context,
    );
  },
};
