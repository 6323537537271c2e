/** The states of the United States and their codes; `Washington` alone is the capital. */
const STATES =
  "Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|Kansas KS|Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Mississippi MS|Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|New York NY|North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|Rhode Island RI|South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|Washington state WA|West Virginia WV|Wisconsin WI|Wyoming WY";

const CODES = new Map(STATES.split("|").map((state) => [state.slice(0, -3), state.slice(-2)]));

/** The longer first: West Virginia is not Virginia. */
const NAMES = new RegExp(`\\b(${[...CODES.keys()].sort((a, b) => b.length - a.length).join("|")})\\b`, "g");

/** The one state that a text names, as packs name places: `US-CA`. Null where it names none or several. */
export const stateIn = (text: string): string | null => {
  const named = statesIn(text);
  return named.size === 1 ? `US-${CODES.get([...named][0]!)}` : null;
};

const statesIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(NAMES)].map(([name]) => name));

/** Whether a word is the name of a state. */
export const isState = (word: string): boolean => CODES.has(word);
