import type { Engine } from "#store/engine/engine.ts";

/** How probable it is that an article is policy on the topic. What was tagged before was held for certain, either way. */
export const support = (engine: Engine): readonly string[] => [
  `alter table taggings add column support ${engine === "postgres" ? "double precision" : "real"} not null default 0`,
  "update taggings set support = relevant",
];
