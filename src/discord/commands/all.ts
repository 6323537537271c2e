import type { Button, Command, MenuEntry, Modal } from "./command.ts";
import { deadlines } from "./deadlines.ts";
import { digestButton } from "./digest-button.ts";
import { feeds, quietButton } from "./feeds.ts";
import { flag } from "./flag.ts";
import { follow } from "./follow.ts";
import { followStory } from "./follow-story.ts";
import { following } from "./following.ts";
import { help } from "./help.ts";
import { latest } from "./latest.ts";
import { leadership } from "./leadership.ts";
import { memo, memoButton } from "./memo.ts";
import { mute } from "./mute.ts";
import { nameSaga } from "./name-saga.ts";
import { digestAllButton, overflowButton } from "./overflow-button.ts";
import { points } from "./points.ts";
import { quotes } from "./quotes.ts";
import { remindMe } from "./remind-me.ts";
import { reminderButton } from "./reminder-button.ts";
import { review } from "./review.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { status } from "./status.ts";
import { story } from "./story.ts";
import { trend } from "./trend.ts";
import { welcomeButton } from "./welcome-button.ts";
import { why, whyButton, whyMenu } from "./why.ts";
import { correct, wrong } from "./wrong.ts";

export const COMMANDS: readonly Command[] = [
  follow,
  following,
  mute,
  leadership,
  latest,
  deadlines,
  search,
  story,
  quotes,
  memo,
  trend,
  why,
  points,
  feeds,
  status,
  settings,
  help,
];

export const MENU: readonly MenuEntry[] = [whyMenu];

/** Buttons of cards and digests, by the first part of their id. They stand for years: an id, once given, keeps its meaning. */
export const BUTTONS: Readonly<Record<string, Button>> = {
  why: whyButton,
  sources,
  "follow-story": followStory,
  wrong,
  digest: digestButton,
  "digest-all": digestAllButton,
  overflow: overflowButton,
  memo: memoButton,
  quiet: quietButton,
  silences: quietButton,
  flag,
  remind: remindMe,
  reminder: reminderButton,
  review,
  welcome: welcomeButton,
};

export const MODALS: Readonly<Record<string, Modal>> = { correct, "name-saga": nameSaga };
