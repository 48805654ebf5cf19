import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { GpuScaleSet, type GpuScaleSetArgs } from "../../../../components/compute/gpu-scale-set/gpu-scale-set";
import { cloudInit } from "../../../../components/compute/gpu-scale-set/cloud-init";
import { nothingShared } from "../../../../components/compute/shared-files";
import { planGpuScaleSet } from "../../../../components/compute/gpu-scale-set/plan";
import type { GpuScaleSetShape } from "../../../../components/compute/gpu-scale-set/shape";
import { headCloudInit } from "../../../../components/compute/slurm/head-files";
import { slurmNodeFiles } from "../../../../components/compute/slurm/node-files";
import type { SlurmPlan } from "../../../../components/compute/slurm/plan";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { stableUuid } from "../../../../core/names";
import { idOf, only, ownId, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const bare: GpuScaleSetShape = {
  size: "Standard_ND96isr_H100_v5",
  nodes: 2,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: [key],
};
const shape: GpuScaleSetShape = { ...bare, slurm: {} };
const slurmKey = { accountName: output("stgpudev"), containerName: output("scale-set-slurm-key") };
const subnetResourceId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-scalesets");
const args = { ...shape, scope, subnetResourceId, slurmKey } satisfies GpuScaleSetArgs;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

function slurmOf(more: Partial<GpuScaleSetShape> = {}): SlurmPlan {
  const { slurm } = planGpuScaleSet("slurm", { ...shape, ...more }, place);
  if (slurm === null) throw new Error("no slurm");
  return slurm;
}

describe("planSlurm", () => {
  const image = {
    publisher: "microsoft-dsvm",
    offer: "ubuntu-hpc",
    sku: "2404",
    version: "24.04.2026072901",
  };

  it("plans one small machine of the nodes' image, with an address and a disk that outlive it", () => {
    expect(slurmOf()).toEqual({
      cluster: { name: "slurm", headName: "slurm-head", size: findVmSize("Standard_ND96isr_H100_v5") },
      size: findVmSize("Standard_D4ds_v5"),
      networkInterface: {
        location: "eastus",
        networkInterfaceName: "nic-gpu-dev-eastus-slurm-head",
        enableAcceleratedNetworking: true,
        enableIPForwarding: false,
      },
      ipConfiguration: { name: "front-end", primary: true, privateIPAllocationMethod: "Dynamic" },
      disk: {
        location: "eastus",
        diskName: "disk-gpu-dev-eastus-slurm-head",
        sku: { name: "Premium_LRS" },
        creationData: { createOption: "Empty" },
        diskSizeGB: 32,
        networkAccessPolicy: "DenyAll",
        publicNetworkAccess: "Disabled",
      },
      machine: {
        location: "eastus",
        vmName: "vm-gpu-dev-eastus-slurm-head",
        tags: {},
        identity: { type: "SystemAssigned, UserAssigned" },
        hardwareProfile: { vmSize: "Standard_D4ds_v5" },
        osProfile: {
          computerName: "slurm-head",
          adminUsername: "azureuser",
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            provisionVMAgent: true,
            ssh: { publicKeys: [{ keyData: key, path: "/home/azureuser/.ssh/authorized_keys" }] },
          },
        },
        storageProfile: {
          imageReference: image,
          osDisk: {
            createOption: "FromImage",
            caching: "ReadWrite",
            deleteOption: "Delete",
            diskSizeGB: 128,
            managedDisk: { storageAccountType: "Premium_LRS" },
          },
        },
        securityProfile: {
          encryptionAtHost: true,
          securityType: "TrustedLaunch",
          uefiSettings: { secureBootEnabled: false, vTpmEnabled: true },
        },
      },
      entraLogin: {
        location: "eastus",
        vmExtensionName: "entra-login",
        publisher: "Microsoft.Azure.ActiveDirectory",
        type: "AADSSHLoginForLinux",
        typeHandlerVersion: "1.0",
        autoUpgradeMinorVersion: true,
      },
    });
  });

  it("is where its nodes are, encrypted with their key, and as secure as they are", () => {
    const id = ownId("Microsoft.Compute/diskEncryptionSets/des");
    const { machine, disk } = slurmOf({ zone: "2", diskEncryptionSetResourceId: id, securityType: "standard" });
    expect([machine.zones, disk.zones]).toEqual([["2"], ["2"]]);
    expect(disk.encryption).toEqual({ type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: id });
    expect(machine.storageProfile).toMatchObject({ osDisk: { managedDisk: { diskEncryptionSet: { id } } } });
    expect(machine.securityProfile).toEqual({ encryptionAtHost: true, securityType: "Standard" });
  });

  it("takes one address more, and is not there unasked", () => {
    expect(planGpuScaleSet("slurm", shape, place).subnets).toEqual([
      { role: "scaleSets", addresses: 3, what: "scale-set nodes" },
    ]);
    expect(planGpuScaleSet("slurm", bare, place)).toMatchObject({ slurm: null, subnets: [{ addresses: 2 }] });
  });

  it("stays as it is when the number of nodes changes", () => {
    expect(slurmOf({ nodes: 40 })).toEqual(slurmOf());
  });

  it("fails for a head that is no small machine, beside what is wrong with the nodes", () => {
    const head = { size: "Standard_ND96isr_H100_v5" };
    const problems = problemsOf(() => slurmOf({ nodes: 101, slurm: { head } }));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^nodes: must be a whole number from 1 to 100/);
    expect(problems[1]).toMatch(
      /^slurm\.head\.size: must be a general-purpose x64 size of the catalogue \(docs\/sizes\.md\); got "Standard_ND96isr_H100_v5"/,
    );
    expect(problemsOf(() => slurmOf({ slurm: { queue: 1 } as object }))[0]).toMatch(/^slurm\.queue: /);
  });
});

describe("SlurmHead", () => {
  const identityId = idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-gpu-dev-eastus-vmss-slurm");

  it("stands beside its nodes, and acts as they do", async () => {
    const plan = await recorded(() => new GpuScaleSet("slurm", args));
    expect(tree(plan)).toEqual([
      "GpuScaleSet slurm",
      "UserAssignedIdentity slurm < GpuScaleSet slurm",
      "SlurmHead slurm-head < GpuScaleSet slurm",
      "NetworkInterface slurm-head < SlurmHead slurm-head",
      "Disk slurm-head < SlurmHead slurm-head",
      "VirtualMachine slurm-head < SlurmHead slurm-head",
      "VirtualMachineExtension slurm-head-entra-login < SlurmHead slurm-head",
      "VirtualMachineScaleSet slurm < GpuScaleSet slurm",
    ]);
    const { machine, networkInterface, ipConfiguration, disk, entraLogin, cluster } = slurmOf();
    const { nodeSetup } = planGpuScaleSet("slurm", shape, place);
    const { id } = only(plan, "azure-native:managedidentity:UserAssignedIdentity");
    const keyStore = {
      accountName: "stgpudev",
      containerName: "scale-set-slurm-key",
      identityClientId: stableUuid(`${id}/client`),
    };
    const address = "10.0.0.5";
    const placed = { resourceGroupName: "rg-test", tags: scope.tags };
    expect(only(plan, "azure-native:network:NetworkInterface").inputs).toEqual({
      ...networkInterface,
      ...placed,
      ipConfigurations: [{ ...ipConfiguration, subnet: { id: subnetResourceId } }],
    });
    expect(only(plan, "azure-native:compute:Disk").inputs).toEqual({ ...disk, ...placed });
    const made = only(plan, "azure-native:compute:VirtualMachine");
    expect(made.inputs).toEqual({
      ...machine,
      ...placed,
      identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: [identityId] },
      osProfile: {
        ...machine.osProfile,
        customData: base64(headCloudInit(cluster, nodeSetup, { address, keyStore, shared: nothingShared })),
      },
      storageProfile: {
        ...machine.storageProfile,
        dataDisks: [
          {
            lun: 0,
            createOption: "Attach",
            caching: "None",
            deleteOption: "Detach",
            managedDisk: { id: idOf("Microsoft.Compute/disks/disk-gpu-dev-eastus-slurm-head") },
          },
        ],
      },
      networkProfile: {
        networkInterfaces: [
          {
            id: idOf("Microsoft.Network/networkInterfaces/nic-gpu-dev-eastus-slurm-head"),
            primary: true,
            deleteOption: "Detach",
          },
        ],
      },
    });
    expect(made.options).toEqual({
      replaceOnChanges: [
        "osProfile.adminUsername",
        "osProfile.computerName",
        "osProfile.customData",
        "osProfile.linuxConfiguration",
        "securityProfile.securityType",
        "storageProfile.imageReference",
        "storageProfile.osDisk.diffDiskSettings",
        "zones",
      ],
      deleteBeforeReplace: true,
      customTimeouts: { create: "30m", update: "30m", delete: "30m" },
    });
    expect(only(plan, "azure-native:compute:VirtualMachineExtension").inputs).toEqual({
      ...entraLogin,
      ...placed,
      vmName: "vm-gpu-dev-eastus-slurm-head",
    });
    const nodes = only(plan, "azure-native:compute:VirtualMachineScaleSet");
    const files = slurmNodeFiles(cluster, nodeSetup, { address, keyStore, shared: nothingShared });
    expect(nodes.inputs).toMatchObject({
      virtualMachineProfile: { osProfile: { customData: base64(cloudInit(nodeSetup, nothingShared, files)) } },
    });
    expect(JSON.stringify(plan.resources)).not.toMatch(/publicIPAddress/i);
  });

  it("mounts what its nodes mount", async () => {
    const lustre = { mgsAddress: output("10.64.3.4"), sizeTiB: 8 };
    const blob = { accountName: output("stgpudev"), containerName: output("scale-set-slurm") };
    const plan = await recorded(() => new GpuScaleSet("slurm", { ...args, lustre, blob }));
    const { customData } = only(plan, "azure-native:compute:VirtualMachine").inputs["osProfile"] as {
      readonly customData: string;
    };
    const text = Buffer.from(customData, "base64").toString();
    expect(text).toContain("10.64.3.4@tcp:/lustrefs /lustre");
    expect(text).toContain("container: scale-set-slurm\n");
    const nodes = /"customData":"([^"]*)"/.exec(
      JSON.stringify(only(plan, "azure-native:compute:VirtualMachineScaleSet").inputs),
    );
    const join = Buffer.from(nodes?.[1] ?? "", "base64").toString();
    expect(join.match(/mountpoint --quiet \S+/g)).toEqual([
      "mountpoint --quiet /mnt/resource_nvme",
      "mountpoint --quiet /lustre",
      "mountpoint --quiet /blob",
    ]);
    // What Azure takes at most.
    expect(text.length).toBeLessThan(65_536);
  });

  it("fails without a container for its key, and for a key that nobody needs", async () => {
    const problem =
      "slurmKey: must be there with slurm, and only then. Name a container of its own: the key by which the machines know one another lies there";
    const wires = { scope, subnetResourceId };
    expect(await refused(() => new GpuScaleSet("slurm", { ...shape, ...wires }))).toEqual({
      problems: [problem],
      made: [],
    });
    const plan = planGpuScaleSet("slurm", bare, place);
    expect(await refused(() => new GpuScaleSet("slurm", { plan, ...wires, slurmKey }))).toEqual({
      problems: [problem],
      made: [],
    });
  });
});
