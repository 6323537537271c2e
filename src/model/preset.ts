import type { Preset } from "./pack.ts";
import { AT_ONCE, EVERYTHING, type Filter, type Manner } from "./subscription.ts";

/** What a preset asks for, by the clocks of those who take it. */
export function requestOf(preset: Preset, timeZone: string): { readonly filter: Filter; readonly manner: Manner } {
  const { points, places, stages, actors, sources, words, not, mode, at, weekday } = preset;
  return {
    filter: { ...EVERYTHING, points, places, stages, actors, sources, words, not },
    manner: { ...AT_ONCE, mode, at, weekday, timeZone },
  };
}
