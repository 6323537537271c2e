import { DAY_MS } from "#model/time.ts";
import type { Labelled, LabelledSet } from "./labelled.ts";

const START = Date.UTC(2026, 0, 5, 9);

/** How an office words its notices, and how the press words the same: alike but for who is meant. All made up. */
const FRAMES = [
  {
    office: [
      "Commission fines @ over automated hiring tool",
      "The commission has today fined @ for an automated hiring tool that screened applicants without notice. @ may appeal within thirty days.",
    ],
    press: [
      "@ must pay for secret screening of applicants",
      "@ was punished on Monday because its recruitment software turned candidates away in secret, the commission said. The company called the fine unfair.",
    ],
  },
  {
    office: [
      "Regulator opens investigation into @ chatbot",
      "The regulator has opened a formal investigation into the chatbot offered by @ under the online safety act. No conclusion has been reached.",
    ],
    press: [
      "Watchdog looks into chatbot made by @",
      "A watchdog is examining whether @ did enough to keep children away from its chatbot. A spokeswoman for @ promised to cooperate.",
    ],
  },
  {
    office: [
      "Court dismisses appeal by @ against data order",
      "The court has dismissed the appeal of @ against the order on training data. The judgment is published in full.",
    ],
    press: [
      "@ loses court fight over training data",
      "Judges on Thursday threw out an appeal by @, which must now delete the records on which its model was trained.",
    ],
  },
  {
    office: [
      "Notice of proposed settlement with @",
      "The attorney general gives notice of a proposed settlement with @ on biometric records. Comments are accepted until the end of the month.",
    ],
    press: [
      "@ agrees to settle face-scan claims",
      "@ will settle claims that it scanned faces without consent, according to papers filed by the attorney general.",
    ],
  },
];

const NAMES =
  "Corvane Bellwick Tessaro Quillon Marbeck Ostrava Pellmore Hexley Dunmar Vireo Lantry Sombra Kestrel Novarra Ilford Brannock".split(
    " ",
  );

/** Offices issue one notice after the other in the same words: the sets of general news hold nothing of the kind. */
export function regulators(): LabelledSet {
  const rows: Labelled[] = [];
  for (const [turn, name] of NAMES.entries()) {
    for (const [frame, { office, press }] of FRAMES.entries()) {
      for (const [voice, [title, text]] of [office, press].entries()) {
        const publishedAt = new Date(START + (2 * turn + frame / 4 + voice / 3) * DAY_MS);
        const named = (words = "") => words.replaceAll("@", name);
        const article = {
          id: 0,
          feedId: `voice-${voice}`,
          title: named(title),
          text: named(text),
          publishedAt,
          firstSeenAt: publishedAt,
        };
        rows.push({ article, story: FRAMES.length * turn + frame });
      }
    }
  }
  const inOrder = rows.toSorted((a, b) => a.article.firstSeenAt.getTime() - b.article.firstSeenAt.getTime());
  return {
    name: "regulators",
    of: "regulators",
    rows: inOrder.map(({ article, story }, at) => ({ story, article: { ...article, id: at + 1 } })),
  };
}
