import { read } from "../core/property-tree";
import type { Noted } from "./notes";

const howTo = "docs/runbooks/first-deployment.md says how";

/**
 * Where `up` has to run when the API server is private. Nothing in a stack file is wrong then, and `up` from elsewhere ends
 * with "no such host" or a timeout, after everything that costs has been made.
 */
export function accessNotes({ environment: { infra, layers, handover }, handedOver }: Noted): string[] {
  const inCluster = layers.includes("platform") || layers.includes("tenants");
  if (infra === null) {
    const isPrivate = read(handedOver[handover ?? ""] ?? {}, "infra.cluster.privateApiServer") === true;
    return inCluster && isPrivate
      ? [
          `handover: the API server of ${handover ?? ""} is private: run up, refresh and destroy of this stack on its runner, or in a network that finds it; ${howTo}`,
        ]
      : [];
  }
  if (infra.cluster.authorizedIpRanges !== null) return [];
  if (inCluster) {
    return [
      `cluster.apiServer is private, and this stack also makes what lives in the cluster: its first up would have to run in the network that it makes. Make two stacks, layers [infra] and layers [platform, tenants]; ${howTo}`,
    ];
  }
  const hasRunner = infra.parts.some(({ key }) => key === "runner");
  return [
    `cluster.apiServer is private: the stack with layers [platform, tenants] runs ${hasRunner ? "on the runner, or " : ""}in a network that finds it${hasRunner ? "" : "; there is no runner"}. ${howTo}`,
  ];
}
