import type { Pack } from "#model/pack.ts";
import { faultIn } from "#pipeline/parse/sources/read-source.ts";
import type { Problem } from "#settings/problem.ts";
import type { LineOf } from "./line-of.ts";
import { pathText } from "./yaml-file.ts";

/** Sources that could not be read whatever they answer: a selector or a path that is none, a key that is not set. */
export async function unreadableSources(
  { feeds }: Pack,
  lineOf: LineOf,
  keys: (name: string) => string | undefined,
): Promise<readonly Problem[]> {
  const problems = await Promise.all(
    feeds.map(async (feed, at): Promise<readonly Problem[]> => {
      const problem = (path: readonly string[], message: string, remedy: string) => {
        const whole = ["feeds", at, ...path];
        return { ...lineOf("feeds.yaml", whole), path: pathText(whole), message, remedy };
      };
      const fault = await faultIn(feed);
      const env = feed.json?.key?.env;
      return [
        ...(fault === null
          ? []
          : [problem([feed.source ?? "feed"], fault, "docs/feeds.md explains how sources are read.")]),
        ...(env === undefined || keys(env) !== undefined
          ? []
          : [
              problem(
                ["json", "key", "env"],
                `${env} is not set`,
                "Set it in the environment, or take the source out.",
              ),
            ]),
      ];
    }),
  );
  return problems.flat();
}
