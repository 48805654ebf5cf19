import { Provider } from "@pulumi/kubernetes/provider";
import { describe, expect, it } from "vitest";
import { findVmSize } from "../../../catalog/vm-sizes";
import { namespaceNetworkPolicies } from "../../../components/tenancy/network-rules";
import { volumeManifests, type SharedVolume } from "../../../components/tenancy/shared-volume";
import { TeamNamespace, type TeamNamespaceArgs } from "../../../components/tenancy/team-namespace";
import { planContainerDefaults, planTeamQuota } from "../../../components/tenancy/team-quota";
import type { RecordedPlan } from "../../../preview/recorded-plan";
import { allOf, only, recorded, refused, tree } from "../../recorded";

const size = findVmSize("Standard_ND96isr_H100_v5");
if (size === undefined) throw new Error("no H100");
const volumes: SharedVolume[] = [
  { name: "lustre", mgsAddress: "10.64.48.4", sizeTiB: 16, directory: "teams/train-vision" },
  { name: "blob", accountName: "data", containerName: "c", resourceGroupName: "rg-test", identityClientId: "client" },
];
const args: TeamNamespaceArgs = {
  team: "vision",
  share: { size, gpus: 16, gpusPerNode: 8, poolGpus: 16, wholeNodes: true },
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  identityClientId: "client",
  endpointCidr: "10.64.52.0/24",
  volumes,
  podSecurityVersion: "v1.36",
  profile: {
    workload: "training",
    podSecurity: "baseline",
    containerDefaults: { cpu: "500m", memory: "1Gi", memoryLimit: "4Gi" },
    rules: [{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["get"] }],
  },
};

function make(more: Partial<TeamNamespaceArgs> = {}): Promise<RecordedPlan> {
  return recorded(() => {
    const provider = new Provider("kubernetes", { kubeconfig: "{}" });
    return new TeamNamespace("train-vision", { ...args, ...more }, { providers: [provider] });
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
      ...["Namespace", "ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "LimitRange"].map((kind) =>
        own(`${kind} train-vision`),
      ),
      ...policies.map((it) => own(`NetworkPolicy train-vision-${it}`)),
      ...volumes.flatMap(({ name }) => [
        own(`PersistentVolume train-vision-${name}`),
        own(`PersistentVolumeClaim train-vision-${name}`),
      ]),
    ]);
    const kubernetes = plan.resources.filter((it) => it.type.startsWith("kubernetes:"));
    expect(kubernetes.filter((it) => !it.provider.includes("::kubernetes::"))).toEqual([]);
  });

  it("enforces the profile's Pod Security level, pinned, and warns at the strictest", async () => {
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
        },
      },
    });
  });

  it("gives pods an identity without a token of the cluster, and the group its rights", async () => {
    const plan = await make();
    expect(only(plan, "kubernetes:core/v1:ServiceAccount").inputs).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { ...metadata("workload"), annotations: { "azure.workload.identity/client-id": "client" } },
      automountServiceAccountToken: false,
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: metadata("team"),
      rules: args.profile.rules,
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").inputs).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: metadata("team"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "team" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: args.groupObjectId }],
    });
  });

  it("limits the namespace and its containers as planned", async () => {
    const plan = await make();
    expect(only(plan, "kubernetes:core/v1:ResourceQuota").inputs).toEqual({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: metadata("team"),
      spec: { hard: planTeamQuota(args.share, args.volumes) },
    });
    expect(only(plan, "kubernetes:core/v1:LimitRange").inputs).toEqual({
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: metadata("team"),
      spec: { limits: [planContainerDefaults(args.profile)] },
    });
  });

  it.each([
    ["closed", undefined, policies],
    ["closed", "closed", policies],
    ["open for https", "https", [...policies, "allow-https"]],
  ] as const)("is %s when egress is %s", async (_, egress, expected) => {
    const plan = await make(egress === undefined ? {} : { egress });
    const made = allOf(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    const rules = namespaceNetworkPolicies(egress ?? "closed", "10.64.52.0/24");
    expect(made.map((it) => it.inputs)).toEqual(
      expected.map((name) => ({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: metadata(name),
        spec: rules[name],
      })),
    );
  });

  it("binds each claim to its own volume, which is there first", async () => {
    const plan = await make();
    for (const volume of volumes) {
      const { persistentVolume, claim } = volumeManifests("train-vision", volume);
      const made = only(plan, "kubernetes:core/v1:PersistentVolume", `train-vision-${volume.name}`);
      expect(made.inputs).toEqual({ apiVersion: "v1", kind: "PersistentVolume", ...persistentVolume });
      const claimed = only(plan, "kubernetes:core/v1:PersistentVolumeClaim", `train-vision-${volume.name}`);
      expect(claimed.inputs).toEqual({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: metadata(volume.name),
        spec: { ...claim, volumeName: `train-vision-${volume.name}` },
      });
      expect(claimed.dependencies).toContain(made.urn);
    }
  });

  it("has no volumes and no endpoint rule where there is no storage", async () => {
    const plan = await make({ volumes: [], endpointCidr: null });
    expect(tree(plan).filter((it) => /PersistentVolume|private-endpoints/.test(it))).toEqual([]);
  });

  it("fails before anything is registered", async () => {
    const share = { ...args.share, gpus: 24 };
    expect(await refused(() => new TeamNamespace("train-vision", { ...args, share }, {}))).toEqual({
      problems: ["gpus: must be at most 16, the GPUs of the pool; got 24"],
      made: [],
    });
  });
});
