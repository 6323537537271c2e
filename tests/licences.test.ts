import { expect, test } from "vitest";
import { isPermissive, licencesDoc, licencesOf } from "#support/licences.ts";

test("every package of production is under a permissive licence", () => {
  expect(licencesOf().filter(({ licence }) => !isPermissive(licence))).toEqual([]);
});

test("docs/licences.md lists them all", async () => {
  await expect(licencesDoc(licencesOf())).toMatchFileSnapshot("../docs/licences.md");
});

test("a licence that asks for more is found, and so is none", () => {
  const lock = (license?: string) =>
    JSON.stringify({ packages: { "": { version: "1.0.0" }, "node_modules/a": { version: "2.0.0", license } } });
  expect(licencesOf(lock("AGPL-3.0"))).toEqual([{ name: "a", version: "2.0.0", licence: "AGPL-3.0" }]);
  expect(
    ["AGPL-3.0", "(GPL-2.0 OR MIT)", "none stated", "MIT AND GPL-2.0", "MIT AND OFL-1.1"].map(isPermissive),
  ).toEqual([false, true, false, false, true]);
  expect(licencesOf(lock()).map(({ licence }) => licence)).toEqual(["none stated"]);
});
