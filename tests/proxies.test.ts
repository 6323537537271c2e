import { REST } from "discord.js";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { expect, test } from "vitest";
import { useProxies } from "#app/proxies.ts";
import { loadConfig } from "#settings/config.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { startProxy } from "#support/proxy-server.ts";

const proxiesOf = (environment: Record<string, string>) => loadConfig(environment).config.proxies;

test("proxies are read as other programs read them, and this machine is never asked through one", () => {
  const none = "localhost,127.0.0.1,::1,";
  expect(proxiesOf({ NO_PROXY: "*" })).toBe(null);
  expect(proxiesOf({ HTTP_PROXY: "http://one.example:3128", NO_PROXY: "inner.example" })).toEqual({
    http: "http://one.example:3128",
    https: "http://one.example:3128",
    none: `${none}inner.example`,
  });
  expect(proxiesOf({ https_proxy: "two.example:3128", HTTPS_PROXY: "http://three.example" })).toEqual({
    http: null,
    https: "http://two.example:3128",
    none,
  });
  expect(loadConfig({ HTTP_PROXY: "http://me:p%40ss@one.example" }).config.secrets).toEqual(["p%40ss", "p@ss"]);
  for (const bad of ["http://", "ftp://one.example", "http://me:100%@one.example"])
    expect(loadConfig({ HTTPS_PROXY: bad })).toMatchObject({ ok: false, problems: [{ path: "HTTPS_PROXY" }] });
});

test("Discord's REST interface and hosted models are asked through the proxy, this machine is not", async () => {
  await using server = await startFeedServer();
  await using proxy = await startProxy(server.port);
  server.answer("/api/v10/gateway", { headers: { "content-type": "application/json" }, body: '{"url":"here"}' });
  server.answer("/v1/models", { body: "models" });
  const before = getGlobalDispatcher();
  try {
    await useProxies(proxiesOf({ HTTP_PROXY: proxy.address }));
    const rest = new REST({ api: "http://discord.example/api" });
    expect(await rest.get("/gateway", { auth: false })).toEqual({ url: "here" });
    expect(await (await fetch("http://model.example/v1/models")).text()).toBe("models");
    expect(await (await fetch(`${server.origin}/v1/models`)).text()).toBe("models");
  } finally {
    setGlobalDispatcher(before);
  }
  expect(proxy.asked).toEqual(["http://discord.example/api/v10/gateway", "http://model.example/v1/models"]);
});
