import { describe, expect, it } from "vitest";
import { GpuScaleSet, type GpuScaleSetArgs } from "../../../components/compute/gpu-scale-set";
import { planGpuScaleSet } from "../../../components/compute/plan-gpu-scale-set";
import { idOf, only, place, recorded, refused, scope, tree } from "../../recorded";

const type = "azure-native:compute:VirtualMachineScaleSet";
const args: GpuScaleSetArgs = {
  scope,
  subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-scalesets"),
  size: "Standard_ND96isr_H100_v5",
  nodes: 2,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: [`ssh-ed25519 ${"A".repeat(68)}`],
};

describe("GpuScaleSet", () => {
  it("is one scale set with an identity, one front-end card and no public address", async () => {
    const plan = await recorded(() => new GpuScaleSet("slurm", args));
    expect(tree(plan)).toEqual([
      "GpuScaleSet slurm",
      "UserAssignedIdentity slurm < GpuScaleSet slurm",
      "VirtualMachineScaleSet slurm < GpuScaleSet slurm",
    ]);
    expect(only(plan, "azure-native:managedidentity:UserAssignedIdentity").inputs).toEqual({
      resourceGroupName: "rg-test",
      location: "eastus",
      tags: scope.tags,
      resourceName: "id-gpu-dev-eastus-vmss-slurm",
    });
    const { scaleSet, profile } = planGpuScaleSet("slurm", args, place);
    const made = only(plan, type);
    expect(made.inputs).toEqual({
      ...scaleSet,
      resourceGroupName: "rg-test",
      location: "eastus",
      vmScaleSetName: "vmss-gpu-dev-eastus-slurm",
      tags: { ...scope.tags, localData: "disposable", ibDomain: "slurm" },
      identity: {
        type: "SystemAssigned, UserAssigned",
        userAssignedIdentities: [idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-gpu-dev-eastus-vmss-slurm")],
      },
      virtualMachineProfile: {
        ...profile,
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: "front-end",
              primary: true,
              enableAcceleratedNetworking: true,
              enableIPForwarding: false,
              ipConfigurations: [{ name: "front-end", primary: true, subnet: { id: args.subnetResourceId } }],
            },
          ],
        },
      },
    });
    expect(JSON.stringify(made.inputs)).not.toMatch(/publicIP/i);
    expect(made.options).toEqual({
      // Size, zone, administrator and place of the OS disk; never the whole sku, which holds the number of nodes.
      replaceOnChanges: [
        "sku.name",
        "zones",
        "virtualMachineProfile.osProfile.adminUsername",
        "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings",
      ],
      deleteBeforeReplace: true,
      customTimeouts: { create: "90m", update: "120m", delete: "60m" },
    });
  });

  it("names no InfiniBand domain where there is none", async () => {
    const plan = await recorded(() => new GpuScaleSet("ray", { ...args, size: "Standard_NC40ads_H100_v5" }));
    expect(only(plan, type).inputs["tags"]).toEqual({ ...scope.tags, localData: "disposable" });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new GpuScaleSet("slurm", { ...args, sshPublicKeys: [] }))).toEqual({
      problems: ["sshPublicKeys: must hold at least one public key: passwords are off"],
      made: [],
    });
  });
});
