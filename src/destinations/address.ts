import { z } from "zod";
import { LONGEST_LINK } from "#model/limits.ts";
import type { Asked } from "./kind.ts";
import { unsendable } from "./send.ts";

/** The setting of an address that takes POSTs. */
export const addressField = (asked: Asked) =>
  z
    .string()
    .max(LONGEST_LINK)
    .transform((text, context) => {
      const url = URL.parse(text);
      const why = url === null ? "It is not a web address." : unsendable(url);
      if (url !== null && why === null) return url;
      context.addIssue({ code: "custom", message: why ?? "" });
      return z.NEVER;
    })
    .meta(asked);
