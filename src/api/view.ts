/** One entry of a view that is followed from elsewhere: a story, or a revision of one. */
export type Entry = {
  /** For good, whatever of it changes. */
  readonly id: string;
  readonly title: string;
  /** Its page on this site, and its source's. */
  readonly url: string;
  readonly source: string | null;
  readonly published: Date;
  /** When readers were last told of a movement. */
  readonly updated: Date;
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** Escaped. */
  readonly html: string;
};

/** What a feed is made of, in whatever format. */
export type View = {
  readonly id: string;
  readonly title: string;
  /** Its page on this site, and its own address. */
  readonly home: string;
  readonly self: string;
  /** Newest first. */
  readonly entries: readonly Entry[];
};

/** When anything in it last changed; where it is empty, long ago. */
export const updatedOf = ({ entries }: View): Date =>
  new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime())));
