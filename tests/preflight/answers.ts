import type { Finding, Verdict } from "../../preflight/line";
import type { Own } from "../../preflight/own";
import type { PlannedMachines } from "../../preflight/planned-machines";
import type { Answer, Unanswered } from "../../preflight/question";
import type { Value } from "../../core/property-value";
import { findVmSize } from "../../catalog/vm-sizes";

/** An answer with a body. */
export function found(body: Value): Answer {
  return { kind: "found", body };
}

/** There is no such thing. */
export const absent: Answer = { kind: "absent" };

/** Nobody says. */
export const silent: Unanswered = { kind: "unanswered", status: 503, because: "Azure failed", remedy: "Run it again" };

/** Nothing of the environment is there, and that is known. */
export const nothing: Own = { ids: new Set(), nodes: new Map(), groups: new Set(), unknown: null };

/** Machines of a pool of AKS, with a few figures of their own. */
export function pool(name: string, more: Partial<PlannedMachines> = {}): PlannedMachines {
  const size = more.size ?? "Standard_NV36ads_A10_v5";
  return {
    name,
    cluster: "aks",
    size,
    vmSize: findVmSize(size) ?? null,
    startNodes: 0,
    minNodes: 0,
    maxNodes: 2,
    surgeNodes: 0,
    spareNodes: 0,
    infinibandDomain: null,
    system: false,
    spot: false,
    maxSpotUsdPerHour: null,
    onShare: 1,
    reservationGroup: null,
    id: `/subscriptions/one/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks/agentPools/${name}`,
    as: "cluster",
    zones: [],
    encryptionAtHost: false,
    reservationGroupId: null,
    subnetId: null,
    nodeGroup: "rg-nodes",
    ...more,
  };
}

/** Verdict and what is there of each finding. */
export function told(findings: readonly Finding[]): (readonly [Verdict, string])[] {
  return findings.map(({ verdict, have }) => [verdict, have]);
}
