/** What was learned of a pack's labelled items: a table of features by outputs, added up for an article and turned into probabilities. */
export type Weights = {
  /** `relevant`, `point:penalties`, `stage:`, `stage:litigation`, `certainty:official`: the stage without an id is none. */
  readonly outputs: readonly string[];
  /** What the rows of `table` stand for. */
  readonly features: readonly string[];
  /** A row a feature, a column an output. */
  readonly table: Float32Array;
  /** What each output is before anything was seen. */
  readonly bias: Float32Array;
  readonly calibration: Calibration;
  /** When the last was decided of what people set right in a store and these weights know; null where they know nothing of it. */
  readonly taughtUntil: Date | null;
};

/**
 * How far what comes out may be believed, fitted on items that the weights had not seen: the logarithm of the odds is multiplied by the
 * first number and the second is added. Stage and certainty choose one of several: there the first alone sharpens or flattens.
 */
export type Calibration = Readonly<Record<"relevant" | "point" | "stage" | "certainty", readonly [number, number]>>;

/** Probabilities from which an article is looked up, stands in digests, and is posted. */
export type Support = { readonly lookUp: number; readonly digest: number; readonly post: number };

/** How far a story goes by itself, the nearest first. */
export const REACHES = ["look-up", "digest", "post"] as const;
export type Reach = (typeof REACHES)[number];

/** A post that comes by itself must be sure; a digest may hold what is doubtful, and a look-up more of it. */
export const USUAL_SUPPORT: Support = { lookUp: 0.4, digest: 0.5, post: 0.8 };
