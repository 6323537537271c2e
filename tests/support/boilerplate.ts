import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { isBoilerplate } from "#pipeline/summarize/boilerplate.ts";

const fixture = z.strictObject({ boilerplate: z.array(z.string()), news: z.array(z.string()) });

/** How the labelled sentences of tests/fixtures/boilerplate.yaml are judged. */
export function judgedBoilerplate() {
  const { boilerplate, news } = fixture.parse(parse(readFileSync("tests/fixtures/boilerplate.yaml", "utf8")));
  const missed = boilerplate.filter((sentence) => !isBoilerplate(sentence));
  const taken = news.filter(isBoilerplate);
  const found = boilerplate.length - missed.length;
  return {
    boilerplate: boilerplate.length,
    news: news.length,
    missed,
    taken,
    precision: found / (found + taken.length),
    recall: found / boilerplate.length,
  };
}
