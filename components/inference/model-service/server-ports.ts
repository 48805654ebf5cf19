import { engines } from "../../../catalog/engines";
import { routingProxy } from "../../../catalog/llm-d-router";
import { varnish } from "../../../catalog/varnish";
import type { ServerRole } from "./labels";
import type { ServerPlan } from "./plan";

/** A port of a container, as Kubernetes writes it. */
export interface NamedPort {
  readonly name: string;
  readonly containerPort: number;
}

/**
 * Port of the engine of a server, and that of the proxy before it where there is one. What stands first in a pod has the port that all know,
 * by the name `http`: the cache, else the proxy, else the engine.
 */
export function serverPorts(
  { gpu: { engine: name }, prefill, responseCache }: Pick<ServerPlan, "gpu" | "prefill" | "responseCache">,
  role: ServerRole,
): { readonly engine: NamedPort; readonly proxy: NamedPort | null } {
  const first = { name: "http", containerPort: engines[name].port };
  if (role !== "server") return { engine: first, proxy: null };
  const afterCache = (own: string): NamedPort =>
    responseCache === null ? first : { name: own, containerPort: varnish.ports.server };
  return prefill === null
    ? { engine: afterCache(name), proxy: null }
    : { engine: { name, containerPort: routingProxy.serverPort }, proxy: afterCache("routing-proxy") };
}
