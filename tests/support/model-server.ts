import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What the loopback model does with a prompt: answers a text, fails with a status, or hangs for ever. */
export type ModelAnswer = { readonly text: string } | { readonly status: number } | "hang";

export type ModelServer = {
  /** The API's base, for `SUMMARY_API_URL`. */
  readonly url: string;
  /** The bodies of the requests so far, as text. */
  readonly asked: readonly string[];
  readonly keys: readonly (string | undefined)[];
  close(): Promise<void>;
};

const INPUT_TOKENS = 400;
const OUTPUT_TOKENS = 60;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body;
}

/** A hosted model on loopback, in OpenAI's and in Anthropic's form, that says what a test wants it to say. */
export async function startModelServer(answer: (prompt: string) => ModelAnswer): Promise<ModelServer> {
  const asked: string[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked.push(body);
    keys.push(request.headers.authorization ?? (request.headers["x-api-key"] as string | undefined));
    const given = answer(body);
    if (given === "hang") return;
    response.setHeader("content-type", "application/json");
    if ("status" in given) {
      response.statusCode = given.status;
      response.end(JSON.stringify({ error: { message: "no", type: "error" } }));
    } else if (request.url?.endsWith("/messages")) {
      const content = [{ type: "text", text: given.text }];
      const usage = { input_tokens: INPUT_TOKENS, output_tokens: OUTPUT_TOKENS };
      response.end(
        JSON.stringify({
          type: "message",
          id: "m",
          model: "m",
          role: "assistant",
          content,
          stop_reason: "end_turn",
          usage,
        }),
      );
    } else {
      const choices = [{ index: 0, message: { role: "assistant", content: given.text }, finish_reason: "stop" }];
      const usage = {
        prompt_tokens: INPUT_TOKENS,
        completion_tokens: OUTPUT_TOKENS,
        total_tokens: INPUT_TOKENS + OUTPUT_TOKENS,
      };
      response.end(JSON.stringify({ id: "m", object: "chat.completion", created: 1, model: "m", choices, usage }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
