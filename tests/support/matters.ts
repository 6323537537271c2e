/** Thirty matters that have nothing to do with each other: each is to be a story of its own. */
const MATTERS = [
  "ferry timetable: Harbour pilots relied on forecasts that nobody had checked since winter.",
  "school grading: Teachers in three valleys found that essays on poetry had been marked twice.",
  "orchard spraying: Growers lost half a cherry crop when drones mistook blossom for blight.",
  "museum catalogue: Curators traced a forged etching to captions written overnight.",
  "lottery kiosk: Pensioners were sold tickets in a language that they could not read.",
  "glacier survey: Hikers followed a map on which two crevasses were missing.",
  "bakery ordering: Flour arrived in February for a wedding that took place in June.",
  "opera subtitling: Audiences laughed through the last act of a tragedy.",
  "parking sensor: Ambulances were towed from a hospital yard on a Sunday.",
  "beehive insurance: Keepers waited nine months for money after the flood.",
  "chess arbitration: Juniors appealed when draws were recorded as defeats.",
  "tram signalling: Passengers stood in a tunnel for an hour without light.",
  "wine labelling: Bottles of vinegar reached shops as a rare vintage.",
  "cemetery mapping: Families were led to graves of strangers.",
  "swimming timing: Records from the summer games were struck from the books.",
  "library lending: Readers were billed for novels that had never been printed.",
  "avalanche siren: Skiers learned of the warning from a newspaper.",
  "cheese ripening: Cellars overheated while gauges showed frost.",
  "puppet theatre: Children met a talking wolf that would not stop.",
  "postal sorting: Letters to islanders went round the country for weeks.",
  "marathon routing: Runners crossed a motorway at the thirtieth kilometre.",
  "planetarium show: Saturn was announced as a planet to be closed for repairs.",
  "carpet auction: Bidders paid for rugs that hung in another city.",
  "salmon counting: Anglers doubted a river that was said to hold millions.",
  "dialect dictionary: Grandmothers objected to the meaning given to an oath.",
  "elevator dispatch: Office workers took the stairs for the whole of March.",
  "circus safety: Acrobats refused a net that had been measured from a photograph.",
  "tulip export: Crates of bulbs were held at a border as live animals.",
  "radio archive: Listeners heard an election from fifty years ago as news.",
  "quarry blasting: Villagers counted eleven explosions where one had been planned.",
];
/** What makes policy news on AI of each; the same few words in all would make one story of them. */
const ENDINGS = [
  "A court will hear about the frontier model.",
  "The regulator blames artificial intelligence.",
  "Questions on the AI were put in the senate.",
  "The commission wants to see the AI.",
];
/** The last feed alone has a penalty, so that a first feed by itself tells of nothing that resembles the standoff below. */
const PENALTY = "The department weighs a civil penalty for the AI, and an audit.";
/** Entries of feeds, of the words of policy news and of nothing else in common. */
export const ENTRIES = MATTERS.map((matter, index) => {
  const [subject = "", said = ""] = matter.split(": ");
  const title = `${subject}: ${said.split(" ").slice(0, 5).join(" ")}`;
  return { title, text: `${said} ${index < 20 ? ENDINGS[index % ENDINGS.length] : PENALTY}` };
});
