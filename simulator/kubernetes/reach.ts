import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAksHost, zoneOfHost } from "../../azure/api-server-name";
import { UnreachableError } from "./api-errors";
import { readClusterFile } from "./cluster-file";

/** Where `up` may run from: outside Azure, in a network that is peered with the cluster's, or in the cluster's own. */
export const places = ["workstation", "peer", "runner"] as const;
export type Place = (typeof places)[number];

/** Says, to every stand-in that works in the simulator's folder, where callers are from now on. */
export function runFrom(folder: string, place: Place): void {
  writeFileSync(placeFile(folder), place);
}

/** Where callers are. Nothing said is the workstation: what most people start from. */
export function placeIn(folder: string): Place {
  const said = existsSync(placeFile(folder)) ? readFileSync(placeFile(folder), "utf8") : "";
  return places.find((it) => it === said) ?? "workstation";
}

/**
 * The address behind the URL of an API server, as seen from a place. What the simulator answers for a name of AKS is where
 * the rehearsal's own API server listens. Any other URL stands for itself.
 * @throws UnreachableError in the words of a real network
 */
export function addressOf(server: string, folder: string): string {
  const host = new URL(server).hostname;
  if (!isAksHost(host)) return server;
  const failure = failureFrom(placeIn(folder), host);
  if (failure === null) return readClusterFile(folder).server;
  throw new UnreachableError(`Get "${server}/version": ${failure}`);
}

/** Why the API server with this name is not reached, `null` when it is. */
export function failureFrom(place: Place, host: string): string | null {
  if (place === "runner") return null;
  const zone = zoneOfHost(host);
  const unknown = `dial tcp: lookup ${host}: no such host`;
  // The zone that AKS makes is linked to the cluster's own network alone.
  if (place === "peer") return zone === "made-by-aks" ? unknown : null;
  return zone === "public" ? `dial tcp ${host}:443: i/o timeout` : unknown;
}

/** Whether a message says that an API server was not reached from where the caller was. */
export function isOutOfReach(message: string): boolean {
  const failures = message.matchAll(/dial tcp(?:: lookup)? ([^\s:]+).*: (?:i\/o timeout|no such host)/g);
  return [...failures].some(([, host = ""]) => isAksHost(host));
}

function placeFile(folder: string): string {
  return join(folder, "runs-from");
}
