import { describe, expect, it } from "vitest";
import { systemPoolBehind } from "../../../../components/cluster/kubernetes-cluster/system-pool";

const cluster = { name: "aks-gpu-dev-eastus", resourceGroupName: "rg-gpu-dev-eastus" };
const pools = (currentOrchestratorVersion?: string): { name: string; currentOrchestratorVersion?: string }[] => [
  { name: "h100", currentOrchestratorVersion: "1.36.2" },
  { name: "system", ...(currentOrchestratorVersion !== undefined && { currentOrchestratorVersion }) },
];

describe("systemPoolBehind", () => {
  it("says which command brings the system nodes to the version of the cluster", () => {
    expect(systemPoolBehind({ controlPlane: "1.36.2", pools: pools("1.35.6") }, cluster)).toBe(
      "The system pool runs Kubernetes 1.35.6, the cluster 1.36.2. Upgrade it, one node at a time: az aks nodepool upgrade --resource-group rg-gpu-dev-eastus --cluster-name aks-gpu-dev-eastus --name system --kubernetes-version 1.36.2",
    );
  });

  it.each([
    ["the versions are the same", "1.36.2", pools("1.36.2")],
    ["nothing is known of the cluster yet", undefined, []],
    ["nothing is known of the pool yet", "1.36.2", pools()],
  ])("is silent while %s", (_, controlPlane, known) => {
    expect(systemPoolBehind({ controlPlane, pools: known }, cluster)).toBe(null);
  });
});
