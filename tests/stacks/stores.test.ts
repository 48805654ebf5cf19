import { describe, expect, it } from "vitest";
import { list, read } from "../../core/property-tree";
import { judge } from "../../policies/engine/judge";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const scaleSet = {
  size: "Standard_ND96isr_H100_v5",
  nodes: 2,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
};
const base = {
  environment: { kind: "staging", owner: "ml-platform", costCenter: "research" },
  network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  cluster: {
    kubernetesVersion: "1.36",
    apiServer: { authorizedIpRanges: ["203.0.113.0/28"] },
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
  gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", minNodes: 0, maxNodes: 4 } },
  cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 2 } },
} satisfies SectionsInput;
const team = (digit: string, gpus: number): { pool: string; gpus: number; groupObjectId: string } => ({
  pool: "h100",
  gpus,
  groupObjectId: `${digit.repeat(8)}-2222-4222-8222-222222222222`,
});
const integration = {
  accountKeys: { allowedBecause: "checkpoints are exported" },
  providerObjectId: "77777777-7777-4777-8777-777777777777",
};

function environmentOf(more: SectionsInput | Record<string, unknown>) {
  const values = Object.fromEntries(
    Object.entries({ ...base, ...more })
      .filter(([, it]) => it !== undefined)
      .map(([name, it]) => [`${projectName}:${name}`, typeof it === "string" ? it : JSON.stringify(it)]),
  );
  const fixed = { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]' };
  return readEnvironment({ stack: "lab", values: { ...fixed, ...values }, today });
}

function planned(more: Record<string, unknown>): Promise<RecordedPlan> {
  const environment = environmentOf(more);
  return record({ stack: "lab", program: () => deploy(environment) });
}

const problems = (more: Record<string, unknown>): string[] => problemsOf(() => environmentOf(more));

describe("Blob behind Lustre", () => {
  it("is there before the file system: the roles, the way to it and its name", async () => {
    const plan = await planned({
      layers: ["infra"],
      storage: { lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" }, blobIntegration: integration },
    });
    const account = only(plan, "azure-native:storage:StorageAccount", "lustre-blob");
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").filter(
      ({ inputs }) => inputs["principalId"] === integration.providerObjectId,
    );
    expect(grants.map(({ inputs }) => String(inputs["roleDefinitionId"]).split("/").at(-1))).toEqual([
      "17d1049b-9a84-46fb-8f53-869881c3d3ab",
      "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    ]);
    expect(new Set(grants.map(({ inputs }) => inputs["scope"]))).toEqual(
      new Set([expect.stringMatching(new RegExp(`/${String(account.inputs["accountName"])}$`)) as string]),
    );
    const { dependencies } = only(plan, "azure-native:storagecache:AmlFilesystem");
    const needed = [
      ...grants,
      only(plan, "azure-native:network:PrivateEndpoint", "lustre-blob-blob"),
      only(plan, "azure-native:network:PrivateDnsZoneGroup", "lustre-blob-blob"),
      only(plan, "azure-native:privatedns:VirtualNetworkLink", "dns-blob"),
    ];
    for (const { urn } of needed) expect(dependencies).toContain(urn);
    // Lustre's servers reach the endpoint: what is not named is denied.
    const group = only(plan, "azure-native:network:NetworkSecurityGroup", "net-endpoints");
    const rule = list(group.inputs, "securityRules").find((it) => read(it, "name") === "allow-lustre");
    expect(rule).toMatchObject({ access: "Allow", destinationPortRange: "443", sourceAddressPrefix: "10.64.192.0/20" });
  });

  it("is refused without a file system that it is for", () => {
    expect(problems({ layers: ["infra"], storage: { blobIntegration: integration } })).toEqual([
      "storage.lustre: must be given beside storage.blobIntegration: nothing else moves data from and to that account, whose keys are allowed. Leave storage.blobIntegration out; storage.blob and storage.archive are accounts without keys",
    ]);
  });
});

describe("a store that could not be read", () => {
  it("is not told to be missing as well", () => {
    const faulty = {
      storage: {
        lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 8 },
        blobIntegration: integration,
        netapp: { sizeTiB: "x" },
      },
      trainingTeams: { a: { ...team("2", 8), homeGiB: 100 } },
    };
    expect(problems(faulty).map((it) => it.split(":")[0])).toEqual(["storage.lustre.zone", "storage.netapp.sizeTiB"]);
  });
});

describe("all stores of a staging environment", () => {
  it("break no mandatory rule of the pack: the one account with keys passes by its reason", async () => {
    const storage = {
      lustre: { zone: "1", checkpoint: { writeTB: 1, seconds: 120 } },
      blobIntegration: { ...integration, job: { autoExport: {} } },
      blob: {},
      archive: { immutability: { scope: "versions", days: 30 } },
      netapp: { sizeTiB: 4, backup: {} },
    };
    const { resources } = await planned({ storage, trainingTeams: { vision: team("2", 8) } });
    const findings = judge(resources, "staging", { today });
    expect(findings.filter(({ level }) => level === "mandatory")).toEqual([]);
    // Nobody documents how long signatures of the service live, so none is refused, and the pack advises.
    const told = findings.filter(({ urn }) => urn.includes("BlobIntegration")).map(({ rule }) => rule);
    expect([...new Set(told)]).toEqual(["st-sas-policy"]);
  });
});

describe("an archive", () => {
  it("is read by every team as itself, and written by none", async () => {
    const plan = await planned({
      storage: { archive: { writerGroupObjectIds: ["88888888-8888-4888-8888-888888888888"] } },
      trainingTeams: { vision: team("2", 8) },
      inferenceTeams: { chat: team("3", 1) },
    });
    for (const namespace of ["train-vision", "infer-chat"]) {
      const grant = only(plan, "azure-native:authorization:RoleAssignment", `${namespace}-archive`);
      expect(grant.inputs).toMatchObject({
        scope: expect.stringMatching(/\/blobServices\/default\/containers\/records$/) as string,
        roleDefinitionId: expect.stringMatching(/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1$/) as string,
      });
      const volume = only(plan, "kubernetes:core/v1:PersistentVolume", `${namespace}-archive`);
      expect(volume.inputs["spec"]).toMatchObject({
        accessModes: ["ReadOnlyMany"],
        csi: {
          driver: "blob.csi.azure.com",
          readOnly: true,
          volumeAttributes: { containerName: "records", isHnsEnabled: "false" },
        },
      });
    }
    const writer = only(plan, "azure-native:authorization:RoleAssignment", "archive-writer-1");
    expect(writer.inputs).toMatchObject({ principalType: "Group" });
  });
});

describe("volumes of NetApp Files", () => {
  it("are one for each team with a home and for each scale set, which only their subnets may mount", async () => {
    const plan = await planned({
      storage: { netapp: { sizeTiB: 4 } },
      scaleSets: { slurm: scaleSet },
      trainingTeams: { vision: { ...team("2", 8), homeGiB: 1024 } },
      inferenceTeams: { chat: team("3", 1) },
      notebookTeams: { people: team("4", 1) },
    });
    const volumes = allOf(plan, "azure-native:netapp:CapacityPoolVolume");
    expect(volumes.map(({ inputs }) => [inputs["volumeName"], Number(inputs["usageThreshold"]) / 2 ** 30])).toEqual([
      ["scale-set-slurm", 512],
      ["train-vision", 1024],
      ["note-people", 512],
    ]);
    for (const { inputs } of volumes) {
      expect(read(inputs, "exportPolicy.rules[0].allowedClients")).toBe("10.64.0.0/17,10.64.128.0/18");
    }
    const subnet = only(plan, "azure-native:network:Subnet", "net-netapp");
    expect(subnet.inputs["delegations"]).toEqual([{ name: "owner", serviceName: "Microsoft.NetApp/volumes" }]);
    const volume = only(plan, "kubernetes:core/v1:PersistentVolume", "train-vision-netapp");
    expect(volume.inputs["spec"]).toMatchObject({
      capacity: { storage: "1Ti" },
      accessModes: ["ReadWriteMany"],
      persistentVolumeReclaimPolicy: "Retain",
      claimRef: { namespace: "train-vision", name: "netapp" },
      nfs: { server: "10.0.0.5", path: "/train-vision" },
      mountOptions: ["vers=3", "tcp", "hard", "rsize=262144", "wsize=262144", "nconnect=8"],
    });
    const set = JSON.stringify(only(plan, "azure-native:compute:VirtualMachineScaleSet").inputs);
    const [, data = ""] = /"customData":"([^"]*)"/.exec(set) ?? [];
    expect(Buffer.from(data, "base64").toString()).toContain(
      "mount -t nfs -o vers=3,tcp,hard,rsize=262144,wsize=262144,nconnect=8 10.0.0.5:/scale-set-slurm /homes",
    );
  });

  it("fit into their pool together, each with its own size", () => {
    const teams = { trainingTeams: { a: team("2", 8), b: { ...team("3", 8), homeGiB: 900 } } };
    expect(problems({ ...teams, storage: { netapp: { sizeTiB: 1 } } })).toEqual([
      "storage.netapp.sizeTiB: must hold the volumes of all teams and scale sets: 2 volumes take 1412 GiB, and the pool has 1024; got 1. Use 2, or smaller volumes",
    ]);
    expect(
      problems({ ...teams, storage: { netapp: { sizeTiB: 2, qos: "manual", volumes: { throughputMiBps: 100 } } } }),
    ).toEqual([
      "storage.netapp.volumes.throughputMiBps: must be at most what the pool gives together: 2 volumes are 200 MiB/s, and 2 TiB of Premium are 128; got 100. Use 64 or less, or a larger pool",
    ]);
    expect(
      problems({ trainingTeams: { a: { ...team("2", 8), homeGiB: 40 } }, storage: { netapp: { sizeTiB: 1 } } }),
    ).toEqual(["trainingTeams.a.homeGiB: must be a whole number from 50 to 102400; got 40. Use 50"]);
  });

  it("are refused to a team where there is no pool", () => {
    expect(problems({ trainingTeams: { a: { ...team("2", 8), homeGiB: 100 } } })).toEqual([
      "trainingTeams.a.homeGiB: must be left out: there is no storage.netapp; got 100. Write storage: { netapp: { sizeTiB: 2 } } where the layer infra is, or leave it out",
    ]);
  });

  it("need a subnet that its owner has delegated", () => {
    const theirs = (delegatedTo: object): Record<string, unknown> => ({
      layers: ["infra"],
      existingNetwork: {
        virtualNetworkResourceId:
          "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
        addressSpace: ["10.64.0.0/16"],
        subnets: {
          nodes: { name: "nodes", range: "10.64.0.0/17" },
          endpoints: { name: "endpoints", range: "10.64.208.0/24" },
          apiServer: {
            name: "api-server",
            range: "10.64.209.0/28",
            delegatedTo: "Microsoft.ContainerService/managedClusters",
          },
          netapp: { name: "netapp", range: "10.64.211.0/28", ...delegatedTo },
        },
        outbound: "natGateway",
        podCidr: base.network.podCidr,
        serviceCidr: base.network.serviceCidr,
      },
      storage: { netapp: { sizeTiB: 1 } },
      network: undefined,
    });
    expect(problems(theirs({}))).toEqual([
      "existingNetwork.subnets.netapp.delegatedTo: must be Microsoft.NetApp/volumes; got nothing. Write what the subnet has, and have its owner change it",
    ]);
    expect(environmentOf(theirs({ delegatedTo: "Microsoft.NetApp/volumes" })).infra?.network.subnetRanges.netapp).toBe(
      "10.64.211.0/28",
    );
  });

  it("are checked in the stack of the teams against the pool of the other one", async () => {
    const infra = await planned({
      layers: ["infra", "platform"],
      scaleSets: { slurm: scaleSet },
      storage: { netapp: { sizeTiB: 1 } },
    });
    const { environment } = base;
    const values = {
      environment,
      layers: ["tenants"],
      handover: "organization/azure-gpu-cluster/rest",
      trainingTeams: { a: { ...team("2", 8), homeGiB: 600 } },
    };
    const file = Object.fromEntries(
      Object.entries(values).map(([name, it]) => [
        `${projectName}:${name}`,
        typeof it === "string" ? it : JSON.stringify(it),
      ]),
    );
    const teams = readEnvironment({
      stack: "lab",
      values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...file },
      today,
    });
    const run = record({
      stack: "lab",
      program: () => deploy(teams),
      stackOutputs: { "organization/azure-gpu-cluster/rest": infra.outputs },
    });
    await expect(run).rejects.toThrow(
      "storage.netapp.sizeTiB: must hold the volumes of all teams and scale sets: 2 volumes take 1112 GiB, and the pool has 1024; got 1. Use 2, or smaller volumes",
    );
  });
});
