import { parseArmId } from "../azure/arm-id";
import type { Place } from "../catalog/place";
import { physicalName } from "../core/names";
import type { Problems } from "../core/problems";
import type { InfraPlan } from "./plan-infra";

/**
 * Checks a network of somebody else against where the environment is made. A machine can only be in a network of its own
 * subscription, and what the environment makes may not be there already.
 * Source: MicrosoftDocs/azure-docs:articles/virtual-network/virtual-network-network-interface.md
 */
export function checkSurroundings(
  virtualNetworkResourceId: string,
  { subscriptionId, names }: { readonly subscriptionId: string | undefined; readonly names: Place["names"] },
  problems: Problems,
): void {
  const said = parseArmId(virtualNetworkResourceId);
  const path = "existingNetwork.virtualNetworkResourceId";
  const theirs = said?.subscriptionId?.toLowerCase();
  problems.require(
    subscriptionId === undefined || theirs === undefined || theirs === subscriptionId,
    path,
    `must be in the subscription of the environment (${subscriptionId ?? ""}): a machine cannot be in a network of another`,
    { got: theirs, remedy: "Set azure-native:subscriptionId to the subscription of the network" },
  );
  const ours = physicalName("rg", names);
  problems.require(
    said?.resourceGroupName?.toLowerCase() !== ours.toLowerCase(),
    path,
    `must not be in the resource group ${ours}: the environment makes it, and destroys it with all that is in it`,
    { got: virtualNetworkResourceId, remedy: "Change environment.workload or the name of the stack" },
  );
}

/**
 * Checks the vault of a key of Lustre's own against where the file system is made; its region preflight asks.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)
 */
export function checkLustreVault(
  vaultResourceId: string,
  { subscriptionId }: { readonly subscriptionId: string | undefined },
  problems: Problems,
): void {
  const theirs = parseArmId(vaultResourceId)?.subscriptionId?.toLowerCase();
  problems.require(
    subscriptionId === undefined || theirs === undefined || theirs === subscriptionId,
    "storage.lustre.customerManagedKey.vaultResourceId",
    `must be in the subscription of the environment (${subscriptionId ?? ""}), and in its region: Managed Lustre takes a key of no other`,
    { got: theirs, remedy: "Name a key of a vault there, or leave it out and let customerManagedKeys make one" },
  );
}

/** No peer lies in the resource group that the environment makes: its own network does, and has no peering with itself. */
export function checkPeersOutside(
  peers: Readonly<Record<string, { readonly virtualNetworkResourceId: string }>>,
  { subscriptionId, names }: { readonly subscriptionId: string | undefined; readonly names: Place["names"] },
  problems: Problems,
): void {
  const ours = physicalName("rg", names);
  for (const [key, { virtualNetworkResourceId: id }] of Object.entries(peers)) {
    const said = parseArmId(id);
    const elsewhere = subscriptionId !== undefined && said?.subscriptionId?.toLowerCase() !== subscriptionId;
    problems.require(
      elsewhere || said?.resourceGroupName?.toLowerCase() !== ours.toLowerCase(),
      `network.peers.${key}.virtualNetworkResourceId`,
      `must not be in the resource group ${ours}: the environment makes it and its own network there, and destroys all that is in it`,
      { got: id, remedy: "Name the network of somebody else, or leave this peer out" },
    );
  }
}

/** Where DNS servers of others answer, AKS must find the name of a private API server there. */
export function checkApiServerName(
  { network, cluster }: { readonly [K in "network" | "cluster"]: InfraPlan[K] | undefined },
  problems: Problems,
): void {
  if (network?.foreignDns !== true || cluster === undefined) return;
  const { zone } = cluster.apiServerAccess;
  // Source: MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md (2026-08-05, hub and spoke with custom DNS)
  problems.require(
    cluster.authorizedIpRanges !== null || zone !== null,
    "cluster.apiServer",
    "must be { privateDns: own-zone } or a zone of yours where DNS servers of others answer: AKS links the zone that it makes to the network of the nodes alone, and without the name no node joins",
    { remedy: "Write { privateDns: own-zone }, which is linked to the networks of the servers, too" },
  );
}
