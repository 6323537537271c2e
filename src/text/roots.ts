import { stem } from "./tokens.ts";

const lines = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" "));

/**
 * Words that Porter's rules give the stem of another word, each line a word with its forms: their root is the first of the line. Found by
 * `policywire check --stems`, which looks for words of one stem that mean different things.
 */
const APART = lines(`
  accession accessions
  accordance
  according accordingly
  accountant accountants accountancy
  allowance allowances
  animal animals
  assembly assemblies
  audition auditions
  authority authorities
  authorize authorizes authorized authorizing authorization authorizations
  candid candidly
  celebrity celebrities
  civilization civilizations civilized
  commune communes communal
  communicate communicates communicated communicating communication communications
  communism
  consolation
  constructive constructively
  consultancy consultancies consultant consultants
  contention
  contraction contractions
  convent convents
  conventional conventionally
  corporal corporals
  customer customers
  customs
  department departments departmental
  designate designates designated designating designation designations
  digit digits
  directive directives
  disability disabilities
  diversion diversions
  emergency emergencies
  excellent excellence
  executive executives
  experience experiences experienced
  extensive extensively
  federation federations
  finely
  formation formations
  franc francs
  generate generates generated generating generation generations generator generators generative
  generic generics generically
  generous generously generosity
  hospitality
  humane humanely
  humanities
  important importantly importance
  incidence
  incoming
  informal informally
  informant informants
  initial initially initials
  insider insiders
  installment installments
  integrity
  intern interns interned interning
  international internationals internationally
  issuance
  likelihood likely likelier likeliest
  likeness likenesses
  liquidation liquidations
  liquidity
  main mainly
  majority majorities
  minority minorities
  nationalism
  nationality nationalities
  negligible
  news
  noticeable noticeably
  objection objections
  objective objectives objectively
  offensive offensives
  ordination
  organ organs
  organic organically
  organism organisms
  outsider outsiders
  personal personally
  personality personalities
  petit
  polite politely
  precedent precedents
  procession processions
  productive productivity
  prohibitive prohibitively
  protestant protestants
  provenance
  providence
  quite
  remarkable remarkably
  reservation reservations
  securities
  several
  severance
  severed severing
  severity severe severely
  statue statues
  suspense
  tentative tentatively
  trainer trainers
  transformer transformers
  tribune tribunes
  unite unites united uniting
  university universities
  utility utilities
  vacation vacations
  voiced
  wrongful wrongfully
`);

const ROOTS: ReadonlyMap<string, string> = new Map(
  // No stem has a blank in it.
  APART.flatMap(([head = "", ...forms]) => [head, ...forms].map((form) => [form, `${head} itself`] as const)),
);

/** Whether it was settled by hand which words share the root of this one. */
export const isSetApart = (folded: string): boolean => ROOTS.has(folded);

/** What the forms of a word share, and other words do not: its Porter stem, where that is no other word's. `folded` is in lower case. */
export const root = (folded: string): string => ROOTS.get(folded) ?? stem(folded);
