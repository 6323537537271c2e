import { type APIActionRowComponent, type APIStringSelectComponent, ComponentType } from "discord.js";

/** A menu in a row of its own: Discord allows nothing beside it. */
export const selectMenu = (
  menu: Omit<APIStringSelectComponent, "type">,
): APIActionRowComponent<APIStringSelectComponent> => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.StringSelect, ...menu }],
});
