import { Provider } from "@pulumi/kubernetes/provider";
import { ComponentResource, output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { training } from "../../../../components/tenancy/kinds/training";
import { planCpuShares } from "../../../../components/tenancy/team-namespace/cpu-shares";
import {
  ciliumNetworkPolicies,
  namespaceNetworkPolicies,
} from "../../../../components/tenancy/team-namespace/network-rules";
import { planTeamNamespace } from "../../../../components/tenancy/team-namespace/plan";
import { planContainerDefaults, planTeamQuota } from "../../../../components/tenancy/team-namespace/quota";
import { TeamNamespace, type TeamNamespaceArgs } from "../../../../components/tenancy/team-namespace/team-namespace";
import { volumeBodies } from "../../../../components/tenancy/volumes/volume-bodies";
import type { RecordedPlan } from "../../../../preview/recorded-plan";
import { allOf, only, recorded, refused, tree } from "../../../recorded";
import { lustre } from "../../../../components/tenancy/volumes/lustre";
import { blobVolume, h100Pool, lustreVolume, vision, visionArgs } from "../teams";

const volumes = { lustre: lustreVolume, blob: blobVolume };
const args = {
  ...visionArgs,
  endpointCidr: "10.64.52.0/24",
  volumes,
} as const satisfies TeamNamespaceArgs;

function make(told: TeamNamespaceArgs = args): Promise<RecordedPlan> {
  return recorded(() => {
    const provider = new Provider("kubernetes", { kubeconfig: "{}" });
    return new TeamNamespace("train-vision", told, { providers: [provider] });
  });
}

const metadata = (name: string): object => ({ name, namespace: "train-vision" });
const policies = ["default-deny", "allow-dns", "allow-own-namespace", "allow-private-endpoints"];

describe("TeamNamespace", () => {
  it("registers everything as its own children, on the given cluster", async () => {
    const plan = await make();
    const own = (label: string): string => `${label} < TeamNamespace train-vision`;
    expect(tree(plan).slice(1)).toEqual([
      "TeamNamespace train-vision",
      ...["Namespace", "ServiceAccount"].map((kind) => own(`${kind} train-vision`)),
      own("ServiceAccount train-vision-default"),
      ...["Role", "RoleBinding", "ResourceQuota", "LimitRange"].map((kind) => own(`${kind} train-vision`)),
      ...policies.map((it) => own(`NetworkPolicy train-vision-${it}`)),
      own("ConfigMap train-vision-fabric-h100"),
      own("ConfigMap train-vision-fabric-h100-files"),
      ...Object.keys(volumes).flatMap((name) => [
        own(`PersistentVolume train-vision-${name}`),
        own(`PersistentVolumeClaim train-vision-${name}`),
      ]),
    ]);
    const kubernetes = plan.resources.filter((it) => it.type.startsWith("kubernetes:"));
    expect(kubernetes.filter((it) => !it.provider.includes("::kubernetes::"))).toEqual([]);
  });

  it("enforces the kind's Pod Security level, pinned, and warns at the strictest", async () => {
    expect(only(await make(), "kubernetes:core/v1:Namespace").inputs).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "train-vision",
        labels: {
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/enforce-version": "v1.36",
          "pod-security.kubernetes.io/warn": "restricted",
          "pod-security.kubernetes.io/warn-version": "v1.36",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/audit-version": "v1.36",
          "azure-gpu-cluster/workload": "training",
          "azure-gpu-cluster/tenant": "vision",
          "azure-gpu-cluster/pool": "h100",
        },
        annotations: { "azure-gpu-cluster/node-devices": "nvidia.com/gpu=8,rdma/ib=8" },
      },
    });
  });

  it("gives pods an identity without a token of the cluster, and the group its rights", async () => {
    const plan = await make();
    const account = { apiVersion: "v1", kind: "ServiceAccount", automountServiceAccountToken: false };
    const annotations = { "azure.workload.identity/client-id": "client" };
    expect(allOf(plan, "kubernetes:core/v1:ServiceAccount").map((it) => it.inputs)).toEqual([
      { ...account, metadata: { ...metadata("workload"), annotations } },
      { ...account, metadata: metadata("default") },
    ]);
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: metadata("team"),
      rules: training.rules,
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").inputs).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: metadata("team"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "team" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: vision.groupObjectId }],
    });
  });

  it("limits the namespace and its containers as planned", async () => {
    const plan = await make();
    expect(only(plan, "kubernetes:core/v1:ResourceQuota").inputs).toEqual({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: metadata("team"),
      spec: {
        hard: planTeamQuota(
          { kind: "training", pool: h100Pool, gpus: 16, beside: planCpuShares({}, []) },
          Object.values(volumes),
        ),
      },
    });
    expect(only(plan, "kubernetes:core/v1:LimitRange").inputs).toEqual({
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: metadata("team"),
      spec: { limits: [planContainerDefaults(training)] },
    });
  });

  it.each([
    ["closed", undefined, policies],
    ["closed", "closed", policies],
    ["open for https", "https", [...policies, "allow-https"]],
  ] as const)("is %s when egress is %s", async (_, egress, expected) => {
    const plan = await make({ ...args, ...(egress !== undefined && { egress }) });
    const made = allOf(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    const rules = namespaceNetworkPolicies({
      egress: egress ?? "closed",
      reach: [],
      ingressFrom: [],
      endpointCidr: "10.64.52.0/24",
    });
    expect(made.map((it) => it.inputs)).toEqual(
      expected.map((name) => ({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: metadata(name),
        spec: rules[name],
      })),
    );
  });

  it("opens the API server by a policy of Cilium's, with the rights that need it", async () => {
    const plan = await make({ ...args, reach: ["apiServer"] });
    expect(only(plan, "kubernetes:cilium.io/v2:CiliumNetworkPolicy").inputs).toEqual({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: metadata("allow-api-server"),
      spec: { endpointSelector: {}, egress: [{ toEntities: ["kube-apiserver"] }] },
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs).toMatchObject({
      rules: [...training.rules, ...training.apiServerRules],
    });
  });

  it("opens hosts by a policy of Cilium's, and says what a firewall must let through", async () => {
    const plan = await make({
      ...args,
      egress: ["pypi.org", "*.hf.co"],
      fqdnPolicies: true,
      outboundType: "userDefinedRouting",
    });
    const [policy] = ciliumNetworkPolicies({
      egress: ["pypi.org", "*.hf.co"],
      reach: [],
      endpointCidr: "10.64.52.0/24",
    });
    expect(only(plan, "kubernetes:cilium.io/v2:CiliumNetworkPolicy", "train-vision-allow-hosts").inputs).toEqual({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: metadata("allow-hosts"),
      spec: policy?.spec,
    });
    expect(allOf(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy").map(({ name }) => name)).not.toContain(
      "train-vision-allow-dns",
    );
    expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toMatchObject({
      metadata: {
        annotations: {
          "azure-gpu-cluster/notes":
            "train-vision: what traffic is routed to must let through port 443 of pypi.org, *.hf.co as well",
        },
      },
    });
  });

  it("says where each secret is from, and who reads it: the team's identity", async () => {
    const secrets = { secrets: ["hf-token"], keyVault: { name: "kv-teams" } };
    const plan = await make({ ...args, ...secrets, tenantId: "tenant" });
    expect(only(plan, "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass").inputs).toEqual({
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: metadata("hf-token"),
      spec: {
        provider: "azure",
        parameters: {
          keyvaultName: "kv-teams",
          objects: "array:\n  - |\n    objectName: hf-token\n    objectType: secret\n",
          clientID: args.identityClientId,
          tenantID: "tenant",
        },
      },
    });
  });

  it("fails for secrets without the tenant that their reader signs in to, before anything is made", async () => {
    const secrets = { secrets: ["hf-token"], keyVault: { name: "kv-teams" } };
    await expect(make({ ...args, ...secrets })).rejects.toThrow(
      "tenantId: must be given: the team mounts secrets, and its identity signs in there. Pass tenantId of the WorkloadIdentity",
    );
  });

  it("binds each claim to its own volume, which is there first", async () => {
    const plan = await make();
    for (const [name, volume] of Object.entries(volumes)) {
      const { persistentVolume, claim } = volumeBodies("train-vision", name, volume);
      const made = only(plan, "kubernetes:core/v1:PersistentVolume", `train-vision-${name}`);
      expect(made.inputs).toEqual({ apiVersion: "v1", kind: "PersistentVolume", ...persistentVolume });
      const claimed = only(plan, "kubernetes:core/v1:PersistentVolumeClaim", `train-vision-${name}`);
      expect(claimed.inputs).toEqual({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: metadata(name),
        spec: { ...claim.spec, volumeName: `train-vision-${name}` },
      });
      expect(claimed.dependencies).toContain(made.urn);
    }
  });

  it("has no volumes and no endpoint rule where there is no storage", async () => {
    const plan = await make(visionArgs);
    expect(tree(plan).filter((it) => /PersistentVolume|private-endpoints/.test(it))).toEqual([]);
  });

  it("mounts two file systems of one kind by two claims", async () => {
    const at = { mgsAddress: "10.64.49.4", sizeTiB: 128 };
    const checkpoints = lustre.volume(at, { part: "teams/vision", identityClientId: "id" });
    const plan = await make({ ...args, volumes: { datasets: lustreVolume, checkpoints } });
    const mounted = allOf(plan, "kubernetes:core/v1:PersistentVolume").map(({ inputs }) => inputs["spec"]);
    expect(mounted).toMatchObject([
      { claimRef: { name: "datasets" }, csi: { volumeAttributes: { "mgs-ip-address": "10.64.48.4" } } },
      { claimRef: { name: "checkpoints" }, csi: { volumeAttributes: { "mgs-ip-address": "10.64.49.4" } } },
    ]);
    const claims = allOf(plan, "kubernetes:core/v1:PersistentVolumeClaim");
    expect(claims.map(({ inputs }) => inputs["metadata"])).toEqual([metadata("datasets"), metadata("checkpoints")]);
  });

  it("is the same, told by its shape or by the plan of it", async () => {
    const { identityClientId, podSecurityVersion, pool, endpointCidr, ...shape } = args;
    const { volumes: mounted, ...team } = shape;
    const plan = planTeamNamespace("train-vision", team, { pool, volumes: mounted, endpointCidr });
    expect(await make({ plan, identityClientId, podSecurityVersion })).toEqual(await make());
  });

  it("takes versions and identities that are known later", async () => {
    const later = { identityClientId: output("client"), podSecurityVersion: output("v1.36") };
    expect((await make({ ...args, ...later })).resources).toEqual((await make()).resources);
  });

  it("is found in a state where it was the child of a component that is no more", async () => {
    const aliases = only(await make(), "azure-gpu-cluster:tenancy:TeamNamespace").options.aliases;
    expect(aliases).toEqual(
      ["training:TrainingNamespace", "inference:InferenceNamespace"].map(
        (former) =>
          `urn:pulumi:dev::azure-gpu-cluster::azure-gpu-cluster:${former}$azure-gpu-cluster:tenancy:TeamNamespace::train-vision`,
      ),
    );
  });

  it("is found below a parent of its own, too, and keeps the aliases that it is given", async () => {
    const plan = await recorded(() => {
      const parent = new ComponentResource("test:index:Cell", "cell");
      const aliases = [{ name: "train-sight" }];
      return new TeamNamespace("train-vision", args, { parent, aliases });
    });
    const chain = "urn:pulumi:dev::azure-gpu-cluster::test:index:Cell$";
    expect(only(plan, "azure-gpu-cluster:tenancy:TeamNamespace").options.aliases).toEqual([
      `${chain}azure-gpu-cluster:tenancy:TeamNamespace::train-sight`,
      `${chain}azure-gpu-cluster:training:TrainingNamespace$azure-gpu-cluster:tenancy:TeamNamespace::train-vision`,
      `${chain}azure-gpu-cluster:inference:InferenceNamespace$azure-gpu-cluster:tenancy:TeamNamespace::train-vision`,
    ]);
  });
});

describe("TeamNamespace fails before anything is registered", () => {
  it.each([
    [
      "with more GPUs than the pool has",
      { gpus: 24 },
      ["gpus: must be at most 16, the GPUs of the pool; got 24. Use 16 or less"],
    ],
    [
      "for a name that is none",
      { team: "Bad Name!", groupObjectId: "not-a-uuid" },
      [
        "team: must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen; " +
          'got "Bad Name!". For example bad-name',
      ],
    ],
    [
      "for a group by its name",
      { groupObjectId: "not-a-uuid" },
      [
        'groupObjectId: must be the object ID (a UUID) of an Entra group, not its name; got "not-a-uuid". az ad group show --group NAME --query id prints it',
      ],
    ],
  ] satisfies [string, Partial<TeamNamespaceArgs>, string[]][])("%s", async (_, wrong, problems) => {
    expect(await refused(() => new TeamNamespace("train-vision", { ...args, ...wrong }, {}))).toEqual({
      problems,
      made: [],
    });
  });

  it("for a second one of its name", async () => {
    const twice = await refused(() => {
      new TeamNamespace("train-vision", args, {});
      new TeamNamespace("train-vision", { ...args, team: "sight" }, {});
    });
    expect(twice.problems).toEqual([
      'name: must be one that no other of this kind has; got "train-vision". Give the component another name',
    ]);
  });

  it("but not for a team of the same name in another cluster", async () => {
    const plan = await recorded(() => {
      new TeamNamespace("train-vision", args, {});
      new TeamNamespace("west-train-vision", args, {});
    });
    const names = allOf(plan, "kubernetes:core/v1:Namespace").map((it) => it.inputs["metadata"]);
    expect(names).toMatchObject([{ name: "train-vision" }, { name: "train-vision" }]);
  });
});
