import type { Button, Command } from "./command.ts";
import { follow } from "./follow.ts";
import { following, unfollow } from "./following.ts";
import { latest } from "./latest.ts";
import { sources } from "./sources.ts";
import { why, whyButton } from "./why.ts";

export const COMMANDS: readonly Command[] = [follow, following, latest, why];

/** By the first part of a button's id. */
export const BUTTONS: Readonly<Record<string, Button>> = { why: whyButton, sources, unfollow };
