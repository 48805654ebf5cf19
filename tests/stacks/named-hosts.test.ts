import { describe, expect, it } from "vitest";
import { billOf } from "../../azure/bill";
import { text } from "../../core/property-tree";
import { record } from "../../preview/record";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const plain = {
  kubernetesVersion: "1.36",
  apiServer: { authorizedIpRanges: ["198.51.100.0/28"] },
  adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
  systemPool: {},
} satisfies SectionsInput["cluster"];
const cluster = { ...plain, advancedNetworkPolicies: "FQDN" } as const;
const network = { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" };
const hub = {
  virtualNetworkResourceId:
    "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
  addressSpace: ["10.1.0.0/16"],
};
const vision = { pool: "a100", gpus: 1, groupObjectId: "22222222-2222-4222-8222-222222222222" };

/** A cluster with a team that reaches two hosts. */
const around = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  network,
  cluster,
  gpuPools: { a100: { size: "Standard_NC24ads_A100_v4", nodes: 1 } },
  cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 2 } },
  trainingTeams: { vision: { ...vision, egress: ["pypi.org", "*.pythonhosted.org"] } },
} satisfies SectionsInput;

function read(sections: Partial<SectionsInput>): Environment {
  const values = Object.fromEntries(
    Object.entries({ ...around, ...sections }).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  const config = { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values };
  return readEnvironment({ stack: "lab", values: config, today });
}

/** What the namespace of the team says to people. */
async function notesOf(sections: Partial<SectionsInput>): Promise<string | undefined> {
  const plan = await record({ stack: "lab", program: () => deploy(read(sections)) });
  const { inputs } = only(plan, "kubernetes:core/v1:Namespace", "train-vision");
  return text(inputs, 'metadata.annotations["azure-gpu-cluster/notes"]');
}

/** What the bill has no price of. */
async function unpricedOf(sections: Partial<SectionsInput>): Promise<readonly unknown[]> {
  const { resources } = await record({ stack: "lab", program: () => deploy(read(sections)) });
  return billOf(resources, "eastus").unpriced;
}

describe("hosts that teams reach by name", () => {
  it("are a policy of the team's namespace, and a word to whoever runs other stacks", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read({})) });
    const policy = only(plan, "kubernetes:cilium.io/v2:CiliumNetworkPolicy", "train-vision-allow-hosts");
    expect(policy.inputs["spec"]).toMatchObject({
      egress: [{}, { toFQDNs: [{ matchName: "pypi.org" }, { matchPattern: "*.pythonhosted.org" }] }],
    });
    expect(plan.outputs["infra"]).toMatchObject({ cluster: { fqdnPolicies: true } });
  });

  it("are told of where a firewall stands in the way, and nowhere else", async () => {
    expect(await notesOf({})).toBeUndefined();
    const behind = { ...network, peers: { hub }, outbound: { firewall: { nextHopAddress: "10.1.0.4" } } };
    expect(await notesOf({ network: behind })).toBe(
      "train-vision: what traffic is routed to must let through port 443 of pypi.org, *.pythonhosted.org as well",
    );
  });

  it("cost something that no sum has, which the bill tells", async () => {
    const told = { what: "Advanced Container Networking Services, each node and hour", because: "no sourced price" };
    expect(await unpricedOf({})).toContainEqual(expect.objectContaining(told));
    expect(await unpricedOf({ cluster: plain, trainingTeams: { vision } })).not.toContainEqual(
      expect.objectContaining(told),
    );
  });

  it("are refused where policies know no names, by name and with what to do", () => {
    expect(problemsOf(() => read({ cluster: plain }))).toEqual([
      'trainingTeams.vision.egress: cannot name hosts: the cluster\'s policies know no names; got ["pypi.org","*.pythonhosted.org"]. Write advancedNetworkPolicies: FQDN in the section cluster, which bills for each node, or egress: https',
    ]);
  });
});
