const CELEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:";

/** How the Congress's collections are called in its addresses. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  HR: "house-bill",
  S: "senate-bill",
  HRES: "house-resolution",
  SRES: "senate-resolution",
  HJRES: "house-joint-resolution",
  SJRES: "senate-joint-resolution",
  HCONRES: "house-concurrent-resolution",
  SCONRES: "senate-concurrent-resolution",
};

type Pattern = {
  readonly key: RegExp;
  readonly page: (parts: readonly string[], written: string) => string | null;
};

/** Addresses that a number names by itself, as the sources document them. */
const PATTERNS: readonly Pattern[] = [
  {
    key: /^act (\d{4})\/(\d+)$/,
    page: ([year, number = ""], written) => {
      const type = /^(?:Regulation|Directive|Decision)/.exec(written)?.[0] ?? /^3\d{4}([RLD])/.exec(written)?.[1];
      const letter = type === "Directive" ? "L" : type?.[0];
      return letter === undefined ? null : `${CELEX}3${year}${letter}${number.padStart(4, "0")}`;
    },
  },
  { key: /^proposal (\d{4})\/(\d+)$/, page: ([year, number = ""]) => `${CELEX}5${year}PC${number.padStart(4, "0")}` },
  {
    key: /^procedure (.+)$/,
    page: ([number]) => `https://oeil.secure.europarl.europa.eu/oeil/en/procedure-file?reference=${number}`,
  },
  { key: /^case ([CT]-\d+\/\d+)$/, page: ([number]) => `https://curia.europa.eu/juris/liste.jsf?num=${number}` },
  { key: /^case (ECLI:EU:.+)$/, page: ([ecli]) => `https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=ecli:${ecli}` },
  { key: /^order (\d+)$/, page: ([number]) => `https://www.federalregister.gov/executive-order/${number}` },
  { key: /^notice (\d{4}-\d+)$/, page: ([number]) => `https://www.federalregister.gov/d/${number}` },
  {
    key: /^notice (\d+) FR (\d+)$/,
    page: ([volume, page]) => `https://www.federalregister.gov/citation/${volume}-FR-${page}`,
  },
  { key: /^rin (.+)$/, page: ([rin]) => `https://www.federalregister.gov/regulations/${rin}` },
  { key: /^docket ([A-Z].+-20\d\d-.+)$/, page: ([docket]) => `https://www.regulations.gov/docket/${docket}` },
  {
    key: /^act PL(\d+)-(\d+)$/,
    page: ([congress, number]) => `https://www.govinfo.gov/app/details/PLAW-${congress}publ${number}`,
  },
  {
    key: /^bill ([A-Z]+)(\d+) of (\d+)$/,
    page: ([chamber = "", number, congress]) =>
      `https://www.congress.gov/bill/${ordinal(Number(congress))}-congress/${COLLECTIONS[chamber]}/${number}`,
  },
  { key: /^chapter (\d{4}\/\d+)$/, page: ([chapter]) => `https://www.legislation.gov.uk/ukpga/${chapter}` },
  { key: /^si (\d{4}\/\d+)$/, page: ([number]) => `https://www.legislation.gov.uk/uksi/${number}` },
  { key: /^ssi (\d{4}\/\d+)$/, page: ([number]) => `https://www.legislation.gov.uk/ssi/${number}` },
  {
    key: /^case (UKSC|UKPC) (\d{4}\/\d+)$/,
    page: ([court = "", number]) => `https://caselaw.nationalarchives.gov.uk/${court.toLowerCase()}/${number}`,
  },
];

/** The page at its source of what is filed under a key, as it was written; null where the number does not name one. */
export function pageOf(key: string, written: string): string | null {
  for (const { key: pattern, page } of PATTERNS) {
    const parts = pattern.exec(key);
    if (parts !== null) return page(parts.slice(1), written);
  }
  return null;
}

function ordinal(number: number): string {
  const ending = /1\d$/.test(String(number)) ? undefined : ["th", "st", "nd", "rd"][number % 10];
  return `${number}${ending ?? "th"}`;
}
