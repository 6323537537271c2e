import type { Preset } from "./pack.ts";
import { EVERYTHING, type Filter, inMode, type Manner } from "./subscription.ts";

/** What a preset asks for; whatever it leaves open of when and how is as usual with those who take it. */
export function requestOf(preset: Preset, usual: Manner): { readonly filter: Filter; readonly manner: Manner } {
  const { points, places, stages, actors, sources, words, not, mode, at, weekday } = preset;
  return {
    filter: { ...EVERYTHING, points, places, stages, actors, sources, words, not },
    manner: { ...inMode(usual, mode), at, weekday },
  };
}
