import { describe, expect, it } from "vitest";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { problemsOf, recorded, refused, scope } from "../recorded";

const long = { ...scope, names: { ...scope.names, environment: "e".repeat(130) } };
const subnetResourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
const endpoint = {
  subnetResourceId,
  targetResourceId: "target",
  groupId: "blob",
  privateDnsZoneResourceId: "zone",
} as const;
const workload = { oidcIssuerUrl: "https://issuer/", serviceAccount: "workload" };

describe.each([
  [
    "a cluster's identity",
    (where: typeof scope) => new ClusterIdentity("aks", { scope: where, subnetResourceIds: {} }),
  ],
  [
    "a workload's identity",
    (where: typeof scope) => new WorkloadIdentity("train-llm", { ...workload, scope: where, namespace: "train-llm" }),
  ],
  ["a private endpoint", (where: typeof scope) => new PrivateEndpoint("data-blob", { ...endpoint, scope: where })],
])("%s is refused before anything is registered", (_, make) => {
  it("where Azure would refuse its name", async () => {
    const { problems, made } = await refused(() => make(long));
    expect(problems).toEqual([
      expect.stringMatching(/^name: must lead to a name that Azure takes for .*Shorten the name/),
    ]);
    expect(made).toEqual([]);
  });

  it("where another component has its name", async () => {
    await recorded(() => {
      make(scope);
      expect(problemsOf(() => make(scope))).toEqual([
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
