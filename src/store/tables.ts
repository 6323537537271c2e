import type { Generated } from "kysely";

/**
 * The tables, as Kysely sees them. Times are integer milliseconds, flags 0 or 1, JSON is text; the files beside this one turn
 * rows into nouns.
 */
export type Schema = {
  readonly feeds: FeedTable;
  readonly articles: ArticleTable;
  readonly article_keys: { feed_id: string; key: string; article_id: number };
  readonly taggings: TaggingTable;
  readonly tags: TagRow;
  readonly deadlines: DeadlineRow;
  readonly quotes: QuoteRow;
  readonly sagas: { id: Generated<number>; opened_at: number; closed_at: number | null; given_name: string | null };
  readonly stories: StoryTable;
  readonly members: { article_id: number; story_id: number; by_hand: Generated<number> };
  readonly matters: { id: Generated<number>; key: string; kind: string; written: string; page: string | null };
  readonly sightings: { article_id: number; matter_id: number; stage: string | null; sentence: string | null };
  readonly matter_parts: {
    article_id: number;
    matter_id: number;
    part: string;
    says: string;
    day: number | null;
    sentence: string;
  };
  readonly matter_names: { article_id: number; matter_id: number; folded: string; name: string };
  readonly placings: { id: Generated<number>; article_id: number };
  readonly story_tags: { story_id: number; axis: string; tag_id: string; at: number };
  readonly revisions: { story_id: number; number: number; at: number; movements: string; said: string };
  readonly subscriptions: SubscriptionTable;
  readonly deliveries: DeliveryTable;
  readonly reminders: ReminderTable;
  /** Times in which a feed could not be read, and that are over. */
  readonly feed_gaps: { feed_id: string; since: number; until: number };
  readonly mutes: MuteTable;
  readonly destinations: DestinationTable;
  /** `met_at`: when a server was welcomed, or found to need no welcome; null until then. */
  readonly guilds: { guild_id: string; met_at: number | null; time_zone: string | null };
  readonly corrections: CorrectionTable;
  readonly decisions: DecisionTable;
  /** Articles that are held back, for moderators to decide. */
  readonly reviews: ReviewTable;
  /** Where a server's leadership reads, and what was flagged to it. */
  readonly leaderships: { guild_id: string; channel: string; created_at: number; created_by: string | null };
  readonly flags: {
    story_id: number;
    guild_id: string;
    person: string;
    channel: string;
    message_id: string;
    created_at: number;
  };
  /** When a schedule last ran: many workers, one run. */
  readonly schedules: { name: string; ran_at: number };
  /** From when on a site, a host that asked for a pause, or a channel (`key`) may be asked again: many workers, one budget. */
  readonly turns: { key: string; next_at: number };
  /** Where each message was last tried (`place` is a channel or thread), by which attempt. */
  readonly tries: { key: string; attempt: number; place: string | null; until: number };
  /** What a hosted model cost, by UTC day. */
  readonly spending: { day: string; calls: number; input_tokens: number; output_tokens: number };
};

export type TaggingTable = {
  article_id: number;
  relevant: number;
  support: number;
  hold: string | null;
  /** What people decided about it, ids by axis; null where nobody has decided anything. */
  decided: string | null;
};

export type FeedTable = {
  feed_id: string;
  /** 1 while the catalogue names the feed; the state of a feed that left is kept for its return. */
  listed: number;
  added_at: number;
  address: string | null;
  identity: string | null;
  etag: string | null;
  last_modified: string | null;
  answered_by: string | null;
  whole_at: number | null;
  body_hash: string | null;
  /** Fingerprints with a blank between them. */
  known_entries: Generated<string>;
  compared_at: number | null;
  moved_to: string | null;
  redirect: string | null;
  next_poll_at: number;
  last_polled_at: number | null;
  last_success_at: number | null;
  last_changed_at: number | null;
  failure_count: number;
  failing_since: number | null;
  failure_reason: string | null;
  paused_at: number | null;
  reported_at: number | null;
  /** A claim holds until then; 0 when nobody holds it. */
  lease_until: Generated<number>;
  /** How often it was claimed: the fencing number. */
  claims: Generated<number>;
};

export type ReviewTable = {
  article_id: number;
  held_at: number;
  /** The message in which moderators were told; empty where they could not be. */
  message_id: string | null;
  /** Null while nobody has decided. */
  verdict: string | null;
  decided_at: number | null;
  decided_by: string | null;
  /** When one that was released got its place. */
  filed_at: number | null;
};

export type ArticleTable = {
  id: Generated<number>;
  feed_id: string;
  url: string;
  canonical_url: string;
  title: string;
  text: string;
  text_from: string;
  /** JSON: the address of the document that the text was read from, and where its pages begin; null where it has none. */
  document: string | null;
  author: string | null;
  published_at: number | null;
  updated_at: number | null;
  first_seen_at: number;
  /**
   * When its feed was last seen to list it, to within SEEN_STEP_MS: an article that is still listed is never pruned, or it would
   * come back as new.
   */
  last_seen_at: number;
  language: string | null;
  text_hash: string;
  /** `text_hash` of what the feed itself said; `text` may come from the article's page. */
  entry_hash: string;
};

export type TagRow = {
  article_id: number;
  axis: string;
  tag_id: string;
  strength: string;
  is_primary: number;
  evidence: string;
};

export type DeadlineRow = {
  article_id: number;
  occasion: string;
  /** Counted from 1970, as `from_day`. */
  day: number;
  change: string;
  from_day: number | null;
  tentative: number;
  /** The sentence that sets it, as it stood in the article, and its place there. */
  quote: string;
  sentence_start: number;
  sentence_end: number;
  date_start: number;
  date_end: number;
  /** The sentence with the day that this one is counted from. */
  base: string | null;
};

export type QuoteRow = {
  article_id: number;
  number: number;
  kind: string;
  speaker: string;
  speaker_key: string;
  office: string | null;
  /** JSON lists: the words, and where each of them stands in the article's text. */
  parts: string;
  spans: string;
  point: string | null;
  side: string | null;
  at: number;
};

export type StoryTable = {
  id: Generated<number>;
  saga_id: number;
  title: string;
  lead_article_id: number;
  article_count: number;
  stage: string | null;
  certainty: string | null;
  points: string;
  places: string;
  actors: string;
  summary: string;
  revision: number;
  opened_at: number;
  last_article_at: number;
  closed_at: number | null;
  /** The story that took its articles over, by hand; nothing is left in it but what was posted. */
  merged_into: number | null;
};

export type SubscriptionTable = {
  id: Generated<number>;
  guild_id: string | null;
  destination: string;
  filter: string;
  created_at: number;
  created_by: string | null;
  paused_at: number | null;
  pause_reason: string | null;
  /** Null where it was made before there was a choice. */
  manner: string | null;
  /** When its role was last mentioned. */
  mentioned_at: number | null;
  /** The delivery that mentioned it. */
  mentioned_by: number | null;
};

type ReminderTable = {
  id: Generated<number>;
  saga_id: number;
  occasion: string;
  /** Counted from 1970. */
  day: number;
  /** So many days ahead. */
  lead: number;
  channel: string;
};

type MuteTable = {
  id: Generated<number>;
  destination: string;
  kind: string;
  value: string;
  until: number | null;
  created_at: number;
  created_by: string | null;
};

export type DestinationTable = {
  name: string;
  kind: string;
  leads_to: string;
  sealed: string;
  guild_id: string | null;
  created_at: number;
  created_by: string | null;
  paused_at: number | null;
  pause_reason: string | null;
};

type CorrectionTable = {
  id: Generated<number>;
  story_id: number;
  revision: number;
  kind: string;
  note: string;
  guild_id: string | null;
  created_at: number;
  created_by: string | null;
  /** An `Amended` as JSON; null where it was only recorded. */
  applied: string | null;
};

type DecisionTable = {
  id: Generated<number>;
  kind: string;
  saga_id: number | null;
  /** JSON ids, the story that was kept first. */
  stories: string;
  /** JSON ids of the articles that changed their story. */
  articles: string;
  created_at: number;
  created_by: string | null;
};

type DeliveryTable = {
  id: Generated<number>;
  /** Null for a memo, whose revision is the day that it is due, counted from 1970. */
  story_id: number | null;
  /** Of what a channel is reminded of, the number of the reminder. */
  revision: number;
  destination: string;
  state: string;
  due_at: number;
  /** A claim holds until then; 0 when nobody holds it. */
  lease_until: Generated<number>;
  /** How often it was claimed: the fencing number. */
  attempts: Generated<number>;
  message_id: string | null;
  /** Why the last try did not post. */
  reason: string | null;
  settled_at: number | null;
  /** The delivery that carried this one in its digest. */
  digest_of: number | null;
  /** When the posted card is to be edited, because its story grew; null when it is up to date. */
  edit_due_at: number | null;
};
