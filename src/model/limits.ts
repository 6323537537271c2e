/**
 * How much of each thing from outside is kept. What is honest is far below; what is beyond costs memory, time and room for
 * everybody else. Characters are UTF-16 units.
 */

/** Entries of a document, the newest: beyond this it is an archive, not news; the largest feed found has 1,143. */
export const MOST_ENTRIES = 2_000;

/** Items of a document that are read at all: past this many it is no feed to keep up with. */
export const MOST_ITEMS = 10_000;

/**
 * An article's text, in characters of its entry's HTML or of its page's text: six times a long article, and read within a fifth
 * of a second.
 */
export const LONGEST_TEXT = 120_000;

/** A title as it is kept; some feeds put a paragraph there, and a headline runs to 200. */
export const LONGEST_TITLE = 500;

/** Characters of a name that a person gives a dispute: half a line, on every card of it. */
export const LONGEST_SAGA_NAME = 60;

/** A title that is made from a text stays a line. */
export const LONGEST_MADE_TITLE = 120;

/** Names of feeds are choices on Discord, which shows so many characters of one. */
export const LONGEST_FEED_NAME = 100;

/** An author's name; a consortium of twenty has as much. */
export const LONGEST_AUTHOR = 300;

/** An address that is asked for or linked: servers refuse more at 8 KB, and a longer one is no article's. */
export const LONGEST_LINK = 8_000;

/** Parameters of an address that are put in order; one with more is left as it is. */
export const MOST_PARAMETERS = 100;

/** Enclosures of an entry that are kept; one is looked at. */
export const MOST_ENCLOSURES = 20;

/**
 * What identifies an entry; a longer key is stored as its hash, for an index row of PostgreSQL holds 2,704 bytes, four a
 * character at worst.
 */
export const LONGEST_KEY = 500;

/** Why a feed could not be read: a sentence or two, in which a server may have its say. */
export const LONGEST_REASON = 500;

/** A sentence of law has some 3,000; what has no end beyond this is a table or an attack, and is cut into parts. */
export const LONGEST_SENTENCE = 5_000;

/** Words after which the rules take a sentence without an end for another one: tables and lists can run to thousands. */
export const MOST_WORDS_OF_SENTENCE = 400;

/** Sentences of one article that could stand in a summary: past this many nothing new is looked for. */
export const MOST_SENTENCES = 400;

/**
 * Words of a sentence that a model may have cut. None of prose is longer; looking for a cut takes time that grows with the
 * square.
 */
export const MOST_WORDS_OF_SOURCE = 150;

/**
 * The words that prove a tag, in characters: a rule reaches over a sentence at most, and a word in it may be made without end.
 */
export const LONGEST_PHRASE = 600;

/** Places, actors, laws and remedies that an article is tagged with: past it an article is a list of names. */
export const MOST_TAGS = 120;

/** What a person may type into an option, and one word or phrase of a filter. */
export const LONGEST_TYPED = 200;

/** A filter as it is written: the seven options by which a command takes one. */
export const LONGEST_FILTER = 7 * LONGEST_TYPED;

/** Words of a query that are looked for; a person types fewer, and each costs. */
export const MOST_TERMS = 16;

/**
 * Rules of a robots.txt: the longest of real ones have some thousand. What is beyond is not obeyed, and not needed by those who
 * mean us.
 */
export const MOST_RULES = 5_000;

/** A longer path in such a rule matches no page that anybody links to, and a page with a longer one is not asked for. */
export const LONGEST_RULE = 2_048;

/** Characters of a date as it stands in a feed, with day, zone and what is in brackets. */
export const LONGEST_DATE = 100;

/**
 * Articles that a story's summary is made from, and whose figures are compared, each with each. Its three sentences come from
 * three at most; past a dozen, reading more costs time with every arrival and drowns what is new in what has been said often.
 */
export const MOST_SUMMARISED = 12;

/** Figures of an article that are compared with other sources': those that matter stand near the top. */
export const MOST_FIGURES = 40;

/** Dates to come of an article that are held against other sources': a matter has a few, and an article of more is a calendar. */
export const MOST_DATES = 40;

/** Pairs of figures on which sources differ: a card has room for a few, and a story of more is a table. */
export const MOST_CONFLICTS = 50;

/** Figures of one unit that a new one is held against, the newest: older ones were corrected long ago. */
export const MOST_EARLIER_FIGURES = 200;

/** Acts of one sentence that are told: news tells one or two, and what has more verbs is a list. */
export const MOST_ACTS = 12;

/** Tellings of one act that a new one is held against, the newest: those before them were of a state long told. */
export const MOST_EARLIER_ACTS = 50;

/**
 * Bytes that are taken of what stands at an article's address: the largest page of 190 looked at held 2.1 MB, and orders of
 * regulators in PDF up to ten; beyond that they are pictures of pages.
 */
export const MOST_BYTES_OF_ARTICLE = 16 * 1024 * 1024;

/**
 * Pages of a PDF that are read: at 2,500 characters a page the longest text that is kept ends before the fiftieth, and what has
 * less on a page is tables and pictures.
 */
export const MOST_PAGES = 100;

/** What a feed said of a document, in characters: a paragraph, by which sentences of the document are chosen. */
export const LONGEST_SAID = 1_000;

/** A page beyond this is a list or a data dump: articles end long before. */
export const LONGEST_PAGE = 3_000_000;
export const MOST_ELEMENTS = 40_000;

/** Real pages nest to about 50. Each level costs stack, and time that grows with the square of the depth. */
export const DEEPEST_PAGE = 256;

/** Sentences of one card that are kept so that no later one says them again: a card says three, and few are edited twenty times. */
export const MOST_SAID = 60;

/** Sentences of all cards of a story, the newest, that a new one is held against: what was said eighty cards ago may be said again. */
export const MOST_HEARD = 240;

/** Quotes of an article that are kept, the first: an interview has thirty, and what has more is a transcript. */
export const MOST_QUOTES = 60;

/** Characters of one uninterrupted quote: past it a mark was never closed, or a whole speech is printed. */
export const LONGEST_QUOTE = 1_500;

/** Parts of one quote: a long answer goes on over six paragraphs, each interrupted once. */
export const MOST_PARTS = 12;

/** Characters of a destination's answer that are read: a word or a small JSON says what became of a message. */
export const LONGEST_ANSWER = 4_000;
