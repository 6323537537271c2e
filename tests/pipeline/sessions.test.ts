import { expect, test } from "vitest";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";

const RANDOM = "0f3a9c41d2e84b7786aa5cc01e9f7b32";

test("who visits a page is no part of its identity", () => {
  for (const visited of [
    `https://agency.example/a;jsessionid=${RANDOM}.node1?id=7`,
    `https://agency.example/a?id=7&PHPSESSID=${RANDOM}`,
    `https://agency.example/a?ASPSESSIONIDQQ=${RANDOM}&id=7`,
    `https://agency.example/a?CFID=12&CFTOKEN=3456&id=7`,
    `https://agency.example/a?sid=${RANDOM}&id=7`,
    `https://agency.example/a?session_id=${RANDOM}&id=7`,
    "https://agency.example/(S(abcdefghij0123456789klmn))/a?id=7",
  ])
    expect([visited, canonicalUrl(visited)]).toEqual([visited, "https://agency.example/a?id=7"]);
});

test("a legislature's session is", () => {
  for (const kept of [
    "https://house.example/bills?session=119",
    "https://house.example/bills?SessionID=2026a",
    "https://house.example/bills?sid=the-audit-of-models-act",
    "https://house.example/(s(1))/a",
  ])
    expect(canonicalUrl(kept)).toBe(kept);
});
