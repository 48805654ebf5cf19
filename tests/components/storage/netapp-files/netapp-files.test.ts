import { output } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { NetAppFiles, type NetAppFilesArgs } from "../../../../components/storage/netapp-files/netapp-files";
import { planNetAppFiles } from "../../../../components/storage/netapp-files/plan";
import { NetAppVolume } from "../../../../components/storage/netapp-volume";
import { idOf, only, place, problemsOf, recorded, scope, tree } from "../../../recorded";

const args = {
  scope,
  subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-netapp"),
  clientRanges: ["10.64.0.0/17", "10.64.128.0/18"],
  sizeTiB: 4,
} satisfies NetAppFilesArgs;
const inAccount = "Microsoft.NetApp/netAppAccounts/anf-gpu-dev-eastus";

it("is an account with a pool, policies and a vault; what holds data is protected", async () => {
  const plan = await recorded(() => new NetAppFiles("homes", { ...args, backup: {} }, { protect: true }));
  expect(tree(plan)).toEqual([
    "NetAppFiles homes",
    "Account homes < NetAppFiles homes",
    "CapacityPool homes < NetAppFiles homes",
    "SnapshotPolicy homes < NetAppFiles homes",
    "BackupPolicy homes < NetAppFiles homes",
    "BackupVault homes < NetAppFiles homes",
  ]);
  const protectedOnes = plan.resources.filter((it) => it.custom && it.options.protect === true);
  expect(protectedOnes.map((it) => it.type.split(":").at(-1))).toEqual(["Account", "CapacityPool", "BackupVault"]);
});

it("gives a volume all that the pool says, and where it is mounted from", async () => {
  const seen: unknown[] = [];
  const plan = await recorded(() => {
    const { ref } = new NetAppFiles("homes", { ...args, backup: {}, zone: "2", coolAfterDays: 31 });
    const volume = new NetAppVolume(
      "train-vision",
      { pool: ref, volumeName: "train-vision", tags: { team: "vision" } },
      { protect: true },
    );
    return output(volume.server).apply((server) => seen.push([server, volume.exportPath]));
  });
  const volume = only(plan, "azure-native:netapp:CapacityPoolVolume");
  expect(volume.inputs).toMatchObject({
    resourceGroupName: "rg-test",
    accountName: "anf-gpu-dev-eastus",
    poolName: "homes",
    location: "eastus",
    volumeName: "train-vision",
    creationToken: "train-vision",
    subnetId: args.subnetResourceId,
    serviceLevel: "Premium",
    usageThreshold: 512 * 2 ** 30,
    protocolTypes: ["NFSv3"],
    networkFeatures: "Standard",
    securityStyle: "unix",
    unixPermissions: "1777",
    snapshotDirectoryVisible: true,
    zones: ["2"],
    coolAccess: true,
    coolnessPeriod: 31,
    tags: { team: "vision" },
    exportPolicy: {
      rules: [
        {
          ruleIndex: 1,
          allowedClients: "10.64.0.0/17,10.64.128.0/18",
          unixReadOnly: false,
          unixReadWrite: true,
          hasRootAccess: false,
          chownMode: "Restricted",
          cifs: false,
          nfsv3: true,
          nfsv41: false,
        },
      ],
    },
    dataProtection: {
      snapshot: { snapshotPolicyId: idOf(`${inAccount}/snapshotPolicies/homes`) },
      backup: {
        backupPolicyId: idOf(`${inAccount}/backupPolicies/homes`),
        backupVaultId: idOf(`${inAccount}/backupVaults/homes`),
        policyEnforced: true,
      },
    },
  });
  expect(volume.options.protect).toBe(true);
  expect(seen).toEqual([["10.0.0.5", "/train-vision"]]);
});

it("makes a volume of another size, protocol and throughput", async () => {
  const plan = await recorded(() => {
    const { ref } = new NetAppFiles("homes", {
      ...args,
      ...{ protocol: "NFSv4.1", qos: "manual", rootSquash: "none", snapshots: { daily: 0, weekly: 0 } },
      volumes: { throughputMiBps: 32 },
    });
    new NetAppVolume("note-people", { pool: ref, volumeName: "note-people", sizeGiB: 100, tags: {} });
  });
  const { inputs } = only(plan, "azure-native:netapp:CapacityPoolVolume");
  expect(inputs).toMatchObject({
    usageThreshold: 100 * 2 ** 30,
    throughputMibps: 32,
    protocolTypes: ["NFSv4.1"],
    exportPolicy: { rules: [{ hasRootAccess: true, nfsv3: false, nfsv41: true }] },
  });
  for (const absent of ["zones", "coolnessPeriod", "dataProtection"]) expect(inputs).not.toHaveProperty(absent);
});

it("refuses a volume that its pool cannot hold, before anything is registered", async () => {
  await recorded(() => {
    const { ref } = new NetAppFiles("homes", args);
    const volume = (volumeName: string, sizeGiB: number) => (): unknown =>
      new NetAppVolume("v", { pool: ref, volumeName, sizeGiB, tags: {} });
    expect(problemsOf(volume("train-vision", 5000))).toEqual([
      "sizeGiB: must be at most the size of the pool, 4096 GiB; got 5000. Use less, or sizeTiB: 5",
    ]);
    expect(problemsOf(volume("1st", 100))).toEqual([
      expect.stringMatching(/^volumeName: must be a name that Azure takes for netapp:CapacityPoolVolume/) as string,
    ]);
  });
});

it("is told by a plan what it is told by a shape", async () => {
  const { sizeTiB, ...wires } = args;
  const plan = planNetAppFiles("homes", { sizeTiB }, place);
  const byPlan = await recorded(() => new NetAppFiles("homes", { ...wires, plan }));
  const byShape = await recorded(() => new NetAppFiles("homes", args));
  expect(byPlan.resources).toEqual(byShape.resources);
});
