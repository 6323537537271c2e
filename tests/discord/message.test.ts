import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestEmbed, digestPlain, quietLine } from "#discord/digest-message.ts";
import { escapeText, escapeWithin, labelWithin, link, linkable } from "#discord/escape.ts";
import { heldBody } from "#discord/held-message.ts";
import { componentsBody, embedBody, mentioning, plainBody } from "#discord/message.ts";
import type { Card } from "#model/delivery.ts";
import { labelOf } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { PACK } from "#support/discord/bot.ts";
import { inspect } from "#support/discord/rules.ts";
import { card, NOW } from "#support/samples.ts";

const CLAIM = {
  deliveryId: 1,
  storyId: 7,
  revision: 1,
  destination: "1",
  attempts: 1,
  messageId: null,
  sagaMessageId: null,
};

const descriptionOf = (given: Partial<Card>) => String(embedBody(card(given), PACK).embeds?.[0]?.description);

describe("text of a source", () => {
  it("is shown verbatim: nothing in it acts", () => {
    expect(escapeText("**bold** _x_ `y` ~~z~~ ||w||")).toBe(
      "\\*\\*bold\\*\\* \\_x\\_ \\`y\\` \\~\\~z\\~\\~ \\|\\|w\\|\\|",
    );
    expect(escapeText("<@1> @everyone <#2> <t:1:R> <:e:3>")).toBe(
      "\\<\\@1\\> \\@everyone \\<\\#2\\> \\<t:1:R\\> \\<:e:3\\>",
    );
    expect(escapeText("[bank](https://evil.example)")).toBe("\\[bank\\]\\(https://evil.example\\)");
    expect(["# head", "> quote", "- list", "1. list"].map(escapeText)).toEqual([
      "\\# head",
      "\\> quote",
      "\\- list",
      "1\\. list",
    ]);
    expect(escapeText("one\n\n# two\u202etxt\u200b")).toBe("one \\# two txt");
  });

  it("holds addresses as they are, which end before a sentence does and never break off", () => {
    for (const address of [
      "https://regs.example/docket/AI_2026_audit",
      "http://a.example/~me/*x*?a=__b__&c=#d|e",
      "https://a.example/@team/_x_",
    ])
      expect(escapeText(`_See_ ${address}, and ${address}).`)).toBe(`\\_See\\_ ${address}, and ${address}\\).`);
    expect(escapeText("(https://a.example/b_(c)_d)")).toBe("\\(https://a.example/b_%28c%29_d\\)");
    // It stands within a masked link too.
    expect(escapeText("https://a.example/x](https://evil.example)<@1>")).toBe(
      "https://a.example/x%5D%28https://evil.example\\)\\<\\@1\\>",
    );
    expect(escapeWithin("Read https://a.example/a_long_address now", 20)).toBe("Read…");
    expect(escapeWithin("Read it at once: https://a.example/a_b now", 44)).toBe(
      "Read it at once: https://a.example/a_b now",
    );
  });

  it("is cut between words, within the limit, never inside a character", () => {
    expect(escapeWithin("alpha beta gamma", 11)).toBe("alpha beta…");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const cut = escapeWithin(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  it("parts nothing that readers see as one character, in labels neither", () => {
    const letters = fc.array(fc.constantFrom("🇫🇷", "👍🏽", "e\u0301", "क्षि", "a", "☂\ufe0f"), {
      minLength: 60,
      maxLength: 90,
    });
    fc.assert(
      fc.property(letters, fc.integer({ min: 2, max: 60 }), (all, limit) => {
        const begins = new Set(all.map((_, at) => all.slice(0, at).join("")));
        for (const cut of [escapeWithin(all.join(""), limit), labelWithin(all.join(""), limit)])
          expect(begins).toContain(cut.slice(0, -1));
      }),
    );
  });

  it("is linked to web addresses alone, whole", () => {
    expect(link("x", "https://a.example/b_(c)?d=e*f")).toBe("[x](https://a.example/b%5F%28c%29?d=e%2Af)");
    const long = `https://a.example/${"x".repeat(600)}`;
    expect(embedBody(card({ url: long }), PACK).embeds?.[0]?.url).toBe(long);
    expect(embedBody(card({ url: long.repeat(4) }), PACK).embeds?.[0]?.url).toBeUndefined();
    expect(["javascript:alert(1)", "no address", `https://a.example/${"x".repeat(600)}`].map(linkable)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe("a digest", () => {
  /** What is kept on one line is parted by spaces that do not break. */
  const plainly = (text = "") => text.replaceAll("\u00a0", " ");
  const seen = ({ content = "", embeds = [] }: ReturnType<typeof digestEmbed>) =>
    [content, ...embeds.flatMap(({ title = "", description = "" }) => [title, description])]
      .join("\n")
      .replace(/\]\([^)]*\)/g, "");

  it("has one line a development, with its own link and the story's number", () => {
    const cards = [card(), card({ storyId: 9, stage: null, certainty: null, title: "Second", moreSources: 3 })];
    const digest = { subscriptionId: 1, mode: "daily" as const, cards, folded: 4 };
    const [embed] = digestEmbed(CLAIM, digest).embeds ?? [];
    expect(embed?.title).toBe("Daily digest · 2 developments in 6 articles");
    expect(plainly(embed?.description)).toBe(
      [
        "- **Threatened, reported, unconfirmed** · [Department weighs penalty](https://gazette.example/1) · US · 1 source · story 7",
        "- [Second](https://gazette.example/1) · US · 4 sources · story 9",
      ].join("\n"),
    );
  });

  it("says what happened where a title does not, word for word, linked to the page that holds it", () => {
    const lineOf = (given: Parameters<typeof card>[0]) => {
      const digest = { subscriptionId: 1, mode: "daily" as const, cards: [card(given)], folded: 0 };
      return plainly(digestEmbed(CLAIM, digest).embeds?.[0]?.description).replace(/^- \*\*.*?\*\* · /, "");
    };
    const sentences = [
      { text: "Nobody knows yet.", source: 1 },
      { text: "The council adopted fines for incidents that nobody reports, after a year of talks.", source: 2 },
    ];
    const sources = [1, 2].map((id) => ({ name: "The Gazette", url: `https://gazette.example/${id}`, primary: false }));
    const told =
      "[The council adopted fines for incidents that nobody reports…](https://gazette.example/2) · US · 1 source · story 7";
    for (const title of [
      "Opinion: the fines that nobody wanted",
      "Who pays for the council's fines?",
      "Regulation | Incidents",
      "What to know about the new fines",
    ])
      expect(lineOf({ title, sentences, sources }), title).toBe(told);
    const own = (title: string) => `[${escapeText(title)}](https://gazette.example/1) · US · 1 source · story 7`;
    for (const title of ["Regulation | Council adopts fines", "Council adopts fines", "Rat beschließt Bußgelder"])
      expect(lineOf({ title, sentences, sources }), title).toBe(own(title));
    // Where no sentence tells of an act, the title is all there is.
    expect(lineOf({ title: "Who pays?", sentences: [] })).toBe(own("Who pays?"));
  });

  it("names no more than ten developments, and says where the others are", () => {
    const cards = Array.from({ length: 13 }, (_, at) => card({ storyId: at + 1 }));
    const body = digestEmbed(CLAIM, { subscriptionId: 1, mode: "daily" as const, cards, folded: 0 });
    const lines = body.embeds?.[0]?.description?.split("\n") ?? [];
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("and 3 more developments: press “All 13”");
    expect(JSON.stringify(body.components)).toContain('"label":"All 13"');
  });

  it("of six developments is read within 900 characters, whatever they are called", () => {
    const name = fc.string({ unit: "grapheme", maxLength: 300 });
    const cited = fc.record({ text: name, source: fc.nat({ max: 2 }) });
    const sentences = fc.array(cited, { maxLength: 2 });
    const given = fc.record({
      stage: fc.option(name),
      certainty: fc.option(name),
      title: name,
      place: name,
      sentences,
    });
    fc.assert(
      fc.property(fc.array(given, { minLength: 6, maxLength: 6 }), (six) => {
        const cards = six.map(({ place, ...rest }) =>
          card({ ...rest, places: [place], storyId: 12_345, moreSources: 240 }),
        );
        const digest = { subscriptionId: 1, mode: "weekly" as const, cards, folded: 12_345 };
        expect(seen(digestEmbed(CLAIM, digest)).length).toBeLessThanOrEqual(900);
      }),
    );
  });
});

describe("a card", () => {
  it("says stage and certainty in words, and leaves out what is not known", () => {
    expect(descriptionOf({})).toContain("**Threatened · reported, unconfirmed** · US · Penalties and fines · <t:");
    expect(descriptionOf({ stage: null, certainty: null, places: [], points: [] })).toMatch(/^<t:\d+:R>\n/);
  });

  it("says stage and title in the message's own text, which is all that a notification shows", () => {
    expect(embedBody(card(), PACK).content).toBe("Threatened: Department weighs penalty");
    expect(embedBody(card({ stage: null, title: "@everyone *look*" }), PACK).content).toBe("\\@everyone \\*look\\*");
  });

  it("says there what moved, in the words of the article that moved it, where the title is of before", () => {
    const change = "Date: 14 January 2027";
    const sentences = [
      { text: "Corvane has appealed against the penalty, the court said.", source: 2 },
      { text: "The department is weighing a penalty.", source: 1 },
    ];
    const sources = [...card().sources, { name: "The Courier", url: "https://courier.example/2", primary: false }];
    const notice = (given: Partial<Card>) => embedBody(card({ sentences, sources, ...given }), PACK).content;
    expect(notice({ change })).toBe("Threatened: Corvane has appealed against the penalty, the court said.");
    expect(notice({ change: null })).toBe("Threatened: Department weighs penalty");
    expect(notice({ change, sentences: sentences.toReversed() })).toBe("Threatened: Department weighs penalty");
    expect(notice({ change, sentences: [] })).toBe("Threatened: Department weighs penalty");
  });

  it("has no colour for what lifts pressure that it has for what raises it, in any shipped pack", () => {
    for (const dir of ["feeds/ai-policy", "feeds/privacy", "feeds/demo"]) {
      const loaded = loadPack(dir, { namesAlone: true });
      if (!loaded.ok) throw new Error(`${dir} does not load`);
      const { pack } = loaded;
      const coloursOf = (eases: boolean) =>
        new Set(
          pack.facets.stages
            .filter((stage) => (stage.eases === true) === eases)
            .map((stage) => embedBody(card({ stage: labelOf(stage) }), pack).embeds?.[0]?.color),
        );
      expect(coloursOf(true).size).toBe(1);
      expect(coloursOf(false).size).toBeGreaterThan(2);
      expect(coloursOf(true).isDisjointFrom(coloursOf(false))).toBe(true);
      expect(coloursOf(false)).toContain(embedBody(card({ stage: null }), pack).embeds?.[0]?.color);
    }
  });

  it("says so where its sources have no sentence to give", () => {
    expect(descriptionOf({ sentences: [] })).toContain("\n\nHeadline only.\n\n");
  });

  it("cites a document with its page, and opens it there", () => {
    const pages = { from: 3, to: 4, url: "https://gazette.example/1.pdf#page=3" };
    const said = { text: "The fine is due.", source: 1, pages };
    const cited = "[\\[1, pp.\u00a03–4\\]](https://gazette.example/1.pdf#page=3)";
    expect(descriptionOf({ sentences: [said] })).toContain(`The fine is due. ${cited}`);
    const title = "Opinion: the fine";
    const [line] = digestEmbed(CLAIM, {
      subscriptionId: 1,
      mode: "daily",
      cards: [card({ title, sentences: [{ ...said, text: "The board fined Corvane." }] })],
      folded: 0,
    }).embeds!;
    expect(line?.description).toContain("[The board fined Corvane.](https://gazette.example/1.pdf#page=3)");
  });

  it("shows figures that differ side by side, with who says which and when", () => {
    const sources = [
      { name: "A", url: "https://a.example/", primary: false },
      { name: "B", url: "https://b.example/", primary: false },
    ];
    const conflicts = [
      {
        figures: [
          { text: "$2 million", source: 1, at: NOW },
          { text: "$3 million", source: 2, at: NOW },
        ] as const,
      },
    ];
    expect(descriptionOf({ sources, conflicts })).toContain(
      "**Sources differ:** $2 million (A, <t:1795507200:d> [\\[1\\]](https://a.example/)) or $3 million (B, <t:1795507200:d> [\\[2\\]](https://b.example/))",
    );
  });

  it("says first what a further development belongs to", () => {
    const saga = "Corvane dispute · 3rd development · before: [stay] granted";
    expect(descriptionOf({ saga })).toMatch(
      /^Corvane dispute · 3rd development · before: \\\[stay\\\] granted\n\*\*Threat/,
    );
  });

  it("drops whole sentences from the end when it is too long", () => {
    const sentences = Array.from({ length: 20 }, (_, at) => ({
      text: `Sentence ${at} ${"word ".repeat(60)}end.`,
      source: 1,
    }));
    const text = descriptionOf({ sentences });
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text).toContain("Sentence 0 ");
    expect(text).not.toContain("Sentence 19 ");
    expect(text).toContain("\\[1\\]\u00a0[The Gazette](https://gazette.example/1)");
  });

  it("is within Discord's rules whatever it holds", () => {
    const text = fc.string({ unit: "binary", maxLength: 700 });
    const cited = fc.record({ text, source: fc.integer({ min: 0, max: 7 }) });
    const dated = fc.record({ text, source: fc.integer({ min: 0, max: 7 }), at: fc.constant(NOW) });
    const cards = fc.record({
      storyId: fc.nat(),
      revision: fc.nat(),
      title: text,
      url: fc.oneof(fc.webUrl(), text),
      headline: text,
      stage: fc.option(text),
      certainty: fc.option(text),
      places: fc.array(text, { maxLength: 6 }),
      points: fc.array(text, { maxLength: 6 }),
      change: fc.option(text),
      sentences: fc.array(cited, { maxLength: 12 }),
      conflicts: fc.array(fc.record({ figures: fc.tuple(dated, dated) }), { maxLength: 3 }),
      sources: fc.array(fc.record({ name: text, url: fc.oneof(fc.webUrl(), text), primary: fc.boolean() }), {
        maxLength: 6,
      }),
      moreSources: fc.nat({ max: 100 }),
      hasDays: fc.boolean(),
      saga: fc.option(text),
      at: fc.constant(NOW),
    });
    const stage = fc.record({ id: text, name: text, order: fc.integer(), eases: fc.boolean() });
    const facets = fc.array(stage, { minLength: 1, maxLength: 4 }).map((stages) => ({
      ...PACK.facets,
      stages: stages.map((one) => ({ ...one, cues: [], conditionalCap: false })),
    }));
    const counted = fc.record({ read: fc.nat(), feeds: fc.nat(), subscriptionId: fc.nat() });
    const held = fc.record({
      articleId: fc.nat(),
      title: text,
      url: fc.oneof(fc.webUrl(), text),
      source: text,
      hold: text,
    });
    fc.assert(
      fc.property(cards, facets, counted, held, (given, packFacets, quiet, item) => {
        const pack = { ...PACK, facets: packFacets };
        const digest = {
          subscriptionId: 1,
          mode: "daily" as const,
          cards: Array.from({ length: 30 }, () => given),
          folded: 3,
        };
        for (const body of [
          embedBody(given, pack),
          componentsBody(given, pack),
          quietLine({ ...quiet, destination: "1", at: NOW }),
          heldBody({ ...item, at: NOW }),
          mentioning(componentsBody(given, PACK), "123456789012345678"),
          plainBody(given),
          mentioning(plainBody(given), "123456789012345678"),
          digestEmbed(CLAIM, digest),
          digestPlain(CLAIM, digest),
        ]) {
          expect(inspect("POST /channels/:/messages", { ...body }).violations).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
