import type { Proxies } from "#pipeline/fetch/agents.ts";

/**
 * Has everything that asks by the process's own agent go through the operator's proxies: Discord's REST interface and hosted
 * models. Sites are asked by the fetcher's own agents, behind its guard.
 */
export async function useProxies(proxies: Proxies | null): Promise<void> {
  if (proxies === null) return;
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import("undici");
  const { http, https, none } = proxies;
  setGlobalDispatcher(new EnvHttpProxyAgent({ httpProxy: http ?? "", httpsProxy: https ?? "", noProxy: none }));
}
