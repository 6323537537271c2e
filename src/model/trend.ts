/** What moved in one week on a friction point; weeks begin on Mondays (UTC). */
export type TrendWeek = {
  readonly from: Date;
  /** Developments that began in it, by the date of their first article. */
  readonly developments: number;
  /** Revisions of known developments that readers were told of in it: acts, stages, parties, figures, days. */
  readonly movements: number;
  /** Among those, the stages that developments came to, in their order. */
  readonly stages: readonly string[];
  /** Whether any feed brought anything in it: a week without is no quiet one, nobody was listening. */
  readonly read: boolean;
};

/** Developments of a friction point week by week, oldest first; the last week is the one that runs. */
export type Trend = {
  readonly weeks: readonly TrendWeek[];
  /** When the store began to read; what is from before is only what feeds still listed then. Null where nothing was ever read. */
  readonly readSince: Date | null;
};

/** What a chart draws: whole numbers a week. */
export type ChartWeek = Pick<TrendWeek, "developments" | "movements"> & {
  /** `2 Mar` */
  readonly label: string;
  /** Not all of it is known: it runs still, nobody was listening, or it was before the store began. */
  readonly partial: boolean;
};
