import { describe, expect, it } from "vitest";
import { text } from "../../core/property-tree";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const subscription = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const theirSet = `${subscription}/resourceGroups/security/providers/Microsoft.Compute/diskEncryptionSets/theirs`;
const theirIdentity = `${subscription}/resourceGroups/security/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`;
const theirKey = { keyUrl: "https://kv-theirs.vault.azure.net/keys/data", identityResourceId: theirIdentity };
const sshPublicKeys = [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`];
const scaleSet = { size: "Standard_ND96isr_H100_v5", nodes: 2, imageVersion: "24.04.2026072901", sshPublicKeys };
const cluster = {
  kubernetesVersion: "1.36",
  adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
  systemPool: {},
};

/** Everything that can be encrypted. */
const around = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  layers: ["infra"],
  network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  cluster,
  scaleSets: { slurm: { ...scaleSet, slurm: {} } },
  runner: { imageVersion: "24.04.202607140", sshPublicKeys },
  storage: {
    blob: { infrastructureEncryption: true },
    archive: {},
    lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" },
  },
  containerRegistry: {},
  customerManagedKeys: {},
  auditTrail: {},
} satisfies SectionsInput;

function read(sections: Partial<SectionsInput>): Environment {
  const values = Object.fromEntries(
    Object.entries(sections).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  return readEnvironment({
    stack: "lab",
    values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values },
    today,
  });
}

async function planned(sections: Partial<SectionsInput>): Promise<RecordedPlan> {
  return record({ stack: "lab", program: () => deploy(read(sections)) });
}

const paths = {
  ManagedCluster: "diskEncryptionSetID",
  VirtualMachineScaleSet: "virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet.id",
  VirtualMachine: "storageProfile.osDisk.managedDisk.diskEncryptionSet.id",
  Disk: "encryption.diskEncryptionSetId",
  StorageAccount: "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
  AmlFilesystem: "encryptionSettings.keyEncryptionKey.keyUrl",
  Registry: "encryption.keyVaultProperties.keyIdentifier",
};

/** What each thing that can be encrypted with a key is encrypted with, by type and name. */
function keysOf({ resources }: RecordedPlan): Record<string, string | undefined> {
  return Object.fromEntries(
    resources.flatMap(({ type, name, inputs }) => {
      const path = Object.entries(paths).find(([it]) => type.startsWith("azure-native:") && type.endsWith(`:${it}`));
      return path === undefined ? [] : [[`${path[0]} ${name}`, text(inputs, path[1])]];
    }),
  );
}

const ours = {
  disks: expect.stringMatching(/\/diskEncryptionSets\/des-gpu-lab-eastus$/) as string,
  storage: expect.stringMatching(/\/id-gpu-lab-eastus-keys-storage$/) as string,
};

describe("keys of the environment's own", () => {
  it("encrypt everything that can be encrypted, by one word", async () => {
    expect(keysOf(await planned(around))).toEqual({
      "ManagedCluster aks": ours.disks,
      "VirtualMachineScaleSet slurm": ours.disks,
      "VirtualMachineScaleSet runner": ours.disks,
      "VirtualMachine slurm-head": ours.disks,
      "Disk slurm-head": ours.disks,
      "StorageAccount data": ours.storage,
      "StorageAccount archive": ours.storage,
      "AmlFilesystem lustre": expect.stringMatching(/\/keys\/lustre\/[0-9a-f]{32}$/) as string,
      "Registry own-images": expect.stringMatching(/\/keys\/registry$/) as string,
    });
  });

  it("leave alone what names a key itself", async () => {
    const keys = keysOf(
      await planned({
        ...around,
        cluster: { ...cluster, diskEncryptionSetResourceId: theirSet },
        scaleSets: { slurm: { ...scaleSet, diskEncryptionSetResourceId: theirSet, slurm: {} } },
        storage: { ...around.storage, blob: { customerManagedKey: theirKey } },
      }),
    );
    expect(keys).toMatchObject({
      "ManagedCluster aks": theirSet,
      "VirtualMachineScaleSet slurm": theirSet,
      "VirtualMachineScaleSet runner": ours.disks,
      "VirtualMachine slurm-head": theirSet,
      "Disk slurm-head": theirSet,
      "StorageAccount data": theirIdentity,
      "StorageAccount archive": ours.storage,
    });
  });

  it("encrypt no more than what is said", async () => {
    const plan = await planned({ ...around, customerManagedKeys: { encrypts: ["storage"] } });
    const encrypted = Object.entries(keysOf(plan)).filter(([, key]) => key !== undefined);
    expect(encrypted.map(([name]) => name)).toEqual(["StorageAccount data", "StorageAccount archive"]);
    expect(allOf(plan, "azure-native:keyvault:Key")).toHaveLength(1);
    expect(allOf(plan, "azure-native:compute:DiskEncryptionSet")).toEqual([]);
  });

  it("leave a second encryption by Azure as it is", async () => {
    const plan = await planned(around);
    const [data, archive] = ["data", "archive"].map(
      (it) => only(plan, "azure-native:storage:StorageAccount", it).inputs,
    );
    expect(data?.["encryption"]).toMatchObject({
      requireInfrastructureEncryption: true,
      keySource: "Microsoft.Keyvault",
    });
    expect(archive?.["encryption"]).not.toHaveProperty("requireInfrastructureEncryption");
  });

  it("may be read of the cluster's disks, and are watched by the trail", async () => {
    const plan = await planned(around);
    const { inputs } = only(plan, "azure-native:authorization:RoleAssignment", "aks-disks");
    expect(inputs["scope"]).toEqual(ours.disks);
    expect(inputs["roleDefinitionId"]).toMatch(/acdd72a7-3385-48ef-bd42-f606fba81ae7$/);
    const logs = allOf(plan, "azure-native:monitor:DiagnosticSetting").map(({ name }) => name);
    expect(logs).toEqual(expect.arrayContaining(["audit-keys", "audit-own-images"]));
  });

  it.each<[string, Partial<SectionsInput>, RegExp]>([
    [
      "a kind that is not there",
      { containerRegistry: undefined, customerManagedKeys: { encrypts: ["registry"] } } as never,
      /^customerManagedKeys\.encrypts: must name what the environment has/,
    ],
    [
      "a kind that names another key",
      { storage: { blob: { customerManagedKey: theirKey } }, customerManagedKeys: { encrypts: ["storage"] } } as never,
      /^customerManagedKeys\.encrypts: must name what the environment has/,
    ],
    [
      "a stack without infra",
      { layers: ["tenants"], handover: "o/p/s" },
      /^customerManagedKeys: belongs to layer infra/,
    ],
  ])("are refused for %s", (_, change, says) => {
    const sections = Object.fromEntries(Object.entries({ ...around, ...change }).filter(([, it]) => it !== undefined));
    expect(problemsOf(() => read(sections))).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
  });
});

describe("a registry of the environment's own", () => {
  it("may be pulled from by the nodes and by the scale sets, each as itself, and pushed to by those who are named", async () => {
    const pipelines = "66666666-6666-4666-8666-666666666666";
    const plan = await planned({ ...around, containerRegistry: { pushGroupObjectIds: [pipelines] } });
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").filter(({ inputs }) =>
      /\/registries\/[^/]+$/.test(text(inputs, "scope") ?? ""),
    );
    const role = (id: string): string =>
      id.endsWith("7f951dda-4ed3-4680-a7ca-43fe172d538d") ? "AcrPull" : id.slice(-36);
    expect(grants.map(({ name, inputs }) => [name, role(text(inputs, "roleDefinitionId") ?? "")])).toEqual([
      ["registry-own-images", "AcrPull"],
      ["own-images-push-1", "8311e382-0749-4cb8-b61a-304f252e45ec"],
      ["slurm-images", "AcrPull"],
    ]);
    expect(grants[1]?.inputs["principalId"]).toBe(pipelines);
  });

  it("has a name in the network, and hands over where it is", async () => {
    const plan = await planned(around);
    const { inputs } = only(plan, "azure-native:network:PrivateEndpoint", "own-images-registry");
    expect(inputs).toMatchObject({ privateLinkServiceConnections: [{ groupIds: ["registry"] }] });
    expect(plan.outputs["infra"]).toMatchObject({
      containerRegistry: { loginServer: expect.stringMatching(/^crgpulab[0-9a-f]{8}\.azurecr\.io$/) as string },
    });
  });

  const withPlatform = {
    ...around,
    layers: ["infra", "platform"],
    gpuPools: { a100: { size: "Standard_NC24ads_A100_v4", nodes: 4 } },
    cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 2 } },
    cluster: { ...cluster, apiServer: { authorizedIpRanges: ["198.51.100.0/28"] } },
  } satisfies Partial<SectionsInput>;
  const hosts = ["registry.k8s.io", "ghcr.io", "mcr.microsoft.com"];
  const imageMirrors = {
    ...Object.fromEntries(hosts.map((host) => [host, "containerRegistry"])),
    "nvcr.io": "nvcr.io",
    "helm.ngc.nvidia.com": "helm.ngc.nvidia.com",
    "localcsidriver.azurecr.io": "localcsidriver.azurecr.io",
  };

  it("is a mirror by its word, of images alone, which nobody copies", () => {
    const { platformPlan } = read({ ...withPlatform, platform: { imageMirrors } });
    const fetches = (platformPlan?.fetches ?? []).filter(({ from }) => from.includes("registry.k8s.io/kueue"));
    const chart = expect.stringMatching(/^oci:\/\/registry\.k8s\.io\/kueue\/charts\/kueue:/) as string;
    expect(fetches).toEqual([
      { from: chart, to: fetches[0]?.from },
      {
        from: expect.stringMatching(/^registry\.k8s\.io\/kueue\/kueue:v/) as string,
        to: expect.stringMatching(/^crgpulab[0-9a-f]{8}\.azurecr\.io\/registry\.k8s\.io\/kueue\/kueue:v/) as string,
        pulledThrough: true,
      },
    ]);
  });

  it("is no mirror of what it does not cache", () => {
    const mirrors = { ...imageMirrors, "nvcr.io": "containerRegistry" };
    expect(problemsOf(() => read({ ...withPlatform, platform: { imageMirrors: mirrors } }))).toEqual([
      expect.stringContaining(
        'platform.imageMirrors."nvcr.io": cannot be containerRegistry, which does not cache',
      ) as string,
    ]);
  });

  it("is not said to be missing where it could not be read", () => {
    const unread = { ...withPlatform, containerRegistry: { caches: ["nowhere.example"] }, platform: { imageMirrors } };
    expect(problemsOf(() => read(unread))).toEqual([
      expect.stringMatching(/^containerRegistry\.caches\[0\]: must be one of/) as string,
    ]);
  });

  it("is no mirror where there is none", () => {
    const without = Object.fromEntries(Object.entries(withPlatform).filter(([it]) => it !== "containerRegistry"));
    expect(problemsOf(() => read({ ...without, platform: { imageMirrors } }))).toEqual(
      hosts.map(
        (host) =>
          expect.stringContaining(
            `platform.imageMirrors."${host}": cannot be containerRegistry: the environment has no registry of its own`,
          ) as string,
      ),
    );
  });
});
