import { describe, expect, it } from "vitest";
import { takeName } from "../../azure/take-name";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { problemsOf, recorded, scope } from "../recorded";

const subnetResourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
const endpoint = {
  subnetResourceId,
  targetResourceId: "target",
  groupId: "blob",
  privateDnsZoneResourceId: "zone",
} as const;
const workload = { oidcIssuerUrl: "https://issuer/", serviceAccount: "workload" };

describe.each([
  ["a cluster's identity", () => new ClusterIdentity("aks", { scope, subnetResourceIds: {} })],
  ["a workload's identity", () => new WorkloadIdentity("train-llm", { ...workload, scope, namespace: "train-llm" })],
  ["a private endpoint", () => new PrivateEndpoint("data-blob", { ...endpoint, scope })],
])("%s is refused before anything is registered", (_, make) => {
  it("where another component has its name", async () => {
    await recorded(() => {
      make();
      expect(problemsOf(() => make())).toEqual([
        expect.stringMatching(
          /^name: must be one that no other of this kind has; got ".*Give the component another name$/,
        ),
      ]);
    });
  });
});

it("tells the identity of a cluster from that of a namespace of the same name", async () => {
  await recorded(() => {
    new ClusterIdentity("aks", { scope, subnetResourceIds: {} });
    expect(problemsOf(() => new WorkloadIdentity("aks", { ...workload, scope, namespace: "aks" }))).toHaveLength(1);
  });
});

it("asks for Azure's own rule", () => {
  expect(takeName("Resource group", "resources:ResourceGroup", "rg-gpu")).toBe("rg-gpu");
  expect(problemsOf(() => takeName("Resource group", "resources:ResourceGroup", "rg-gpu."))).toEqual([
    expect.stringMatching(
      /^name: must lead to a name that Azure takes for resources:ResourceGroup: .*; got "rg-gpu\."/,
    ),
  ]);
});
