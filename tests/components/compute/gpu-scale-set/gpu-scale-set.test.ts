import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { cloudInit } from "../../../../components/compute/gpu-scale-set/cloud-init";
import { nothingShared } from "../../../../components/compute/shared-files";
import { GpuScaleSet, type GpuScaleSetArgs } from "../../../../components/compute/gpu-scale-set/gpu-scale-set";
import { planGpuScaleSet } from "../../../../components/compute/gpu-scale-set/plan";
import type { GpuScaleSetShape } from "../../../../components/compute/gpu-scale-set/shape";
import { stableUuid } from "../../../../core/names";
import { allOf, idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:compute:VirtualMachineScaleSet";
const shape: GpuScaleSetShape = {
  size: "Standard_ND96isr_H100_v5",
  nodes: 2,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`],
};
const wires = { scope, subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-scalesets") };
const args = { ...shape, ...wires } satisfies GpuScaleSetArgs;

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
    const { scaleSet, osProfile, nodeSetup } = planGpuScaleSet("slurm", shape, place);
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
        ...scaleSet.virtualMachineProfile,
        osProfile: { ...osProfile, customData: Buffer.from(cloudInit(nodeSetup)).toString("base64") },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: "front-end",
              primary: true,
              enableAcceleratedNetworking: true,
              enableIPForwarding: false,
              ipConfigurations: [{ name: "front-end", primary: true, subnet: { id: wires.subnetResourceId } }],
            },
          ],
        },
      },
    });
    expect(JSON.stringify(made.inputs)).not.toMatch(/publicIP/i);
    expect(made.options).toEqual({
      // Never the whole sku, which holds the number of nodes, nor the whole image, which holds its version.
      replaceOnChanges: [
        "orchestrationMode",
        "platformFaultDomainCount",
        "proximityPlacementGroup",
        "sku.name",
        "virtualMachineProfile.osProfile.adminUsername",
        "virtualMachineProfile.osProfile.computerNamePrefix",
        "virtualMachineProfile.priority",
        "virtualMachineProfile.securityProfile.securityType",
        "virtualMachineProfile.storageProfile.imageReference.offer",
        "virtualMachineProfile.storageProfile.imageReference.publisher",
        "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings",
        "virtualMachineProfile.storageProfile.osDisk.osType",
        "zones",
      ],
      deleteBeforeReplace: true,
      customTimeouts: { create: "90m", update: "120m", delete: "60m" },
    });
  });

  it("mounts the file system that it is given, whose address is known later", async () => {
    const lustre = { mgsAddress: output("10.64.3.4"), sizeTiB: 8 };
    const plan = await recorded(() => new GpuScaleSet("slurm", { ...args, lustre }));
    const { nodeSetup } = planGpuScaleSet("slurm", shape, place);
    expect(only(plan, type).inputs).toMatchObject({
      virtualMachineProfile: {
        osProfile: {
          customData: Buffer.from(cloudInit(nodeSetup, { ...nothingShared, lustreMgsAddress: "10.64.3.4" })).toString(
            "base64",
          ),
        },
      },
    });
  });

  it("mounts a container as the identity that it made for role grants", async () => {
    const blob = { accountName: output("stgpudev"), containerName: output("scale-set-slurm") };
    const plan = await recorded(() => new GpuScaleSet("slurm", { ...args, blob }));
    const { nodeSetup } = planGpuScaleSet("slurm", shape, place);
    const { id } = only(plan, "azure-native:managedidentity:UserAssignedIdentity");
    const mount = {
      accountName: "stgpudev",
      containerName: "scale-set-slurm",
      identityClientId: stableUuid(`${id}/client`),
    };
    expect(only(plan, type).inputs).toMatchObject({
      virtualMachineProfile: {
        osProfile: {
          customData: Buffer.from(cloudInit(nodeSetup, { ...nothingShared, blob: mount })).toString("base64"),
        },
      },
    });
  });

  it("names no InfiniBand domain where there is none", async () => {
    const plan = await recorded(() => new GpuScaleSet("ray", { ...args, size: "Standard_NC40ads_H100_v5" }));
    expect(only(plan, type).inputs["tags"]).toEqual({ ...scope.tags, localData: "disposable" });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new GpuScaleSet("slurm", { ...args, sshPublicKeys: [] }))).toEqual({
      problems: [
        "sshPublicKeys: must hold at least one public key: passwords are off. Make one with ssh-keygen -t ed25519, and take the line of its .pub file",
      ],
      made: [],
    });
  });

  it("refuses a second one with its name, and takes one with another", async () => {
    const made = recorded(() => {
      new GpuScaleSet("slurm", args);
      new GpuScaleSet("ray", args);
      expect(problemsOf(() => new GpuScaleSet("slurm", args))).toEqual([
        'name: must be one that no other of this kind has; got "vmss-gpu-dev-eastus-slurm". Give the component another name',
      ]);
    });
    expect(allOf(await made, type).map((it) => it.inputs["vmScaleSetName"])).toEqual([
      "vmss-gpu-dev-eastus-slurm",
      "vmss-gpu-dev-eastus-ray",
    ]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const plan = planGpuScaleSet("slurm", shape, place);
    const byPlan = await recorded(() => new GpuScaleSet("slurm", { ...wires, plan }));
    const byShape = await recorded(() => new GpuScaleSet("slurm", args));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});
