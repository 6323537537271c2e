import type { LanguageModel } from "ai";

/** Where each vendor answers in the form that most of them share; any other host of that form is named by its address. */
const COMPATIBLE: Readonly<Record<string, string>> = {
  openai: "https://api.openai.com/v1",
  mistral: "https://api.mistral.ai/v1",
  google: "https://generativelanguage.googleapis.com/v1beta/openai",
  openrouter: "https://openrouter.ai/api/v1",
};

export const VENDORS: readonly string[] = ["anthropic", ...Object.keys(COMPATIBLE), "compatible"];

export type ModelChoice = {
  /** `vendor/model`, such as `anthropic/claude-haiku-4-5`; a model's own name may hold slashes. */
  readonly name: string;
  readonly apiKey: string | null;
  /** The API's base in place of the vendor's own; `compatible/…` needs one. */
  readonly apiUrl: string | null;
};

/** Splits `vendor/model`; null when it is not of that form or the vendor is not one of ours. */
export function vendorOf(name: string): { readonly vendor: string; readonly model: string } | null {
  const at = name.indexOf("/");
  const vendor = name.slice(0, Math.max(0, at));
  const model = name.slice(at + 1);
  return VENDORS.includes(vendor) && model !== "" ? { vendor, model } : null;
}

/** The client for a model. Loaded when first asked for: half a second that a bot without a model does not pay. */
export async function openModel({ name, apiKey, apiUrl }: ModelChoice): Promise<LanguageModel> {
  const chosen = vendorOf(name);
  if (chosen === null) throw new Error(`not a model: ${name}`);
  const key = apiKey === null ? {} : { apiKey };
  if (chosen.vendor === "anthropic") {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    return createAnthropic({ ...key, ...(apiUrl === null ? {} : { baseURL: apiUrl }) })(chosen.model);
  }
  const baseURL = apiUrl ?? COMPATIBLE[chosen.vendor];
  if (baseURL === undefined) throw new Error("a compatible model needs the address of its API");
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  return createOpenAICompatible({ name: chosen.vendor, baseURL, ...key })(chosen.model);
}
