import type { DiskArgs } from "@pulumi/azure-native/compute/disk";
import type { VirtualMachineArgs } from "@pulumi/azure-native/compute/virtualMachine";
import type { VirtualMachineExtensionArgs } from "@pulumi/azure-native/compute/virtualMachineExtension";
import type { NetworkInterfaceArgs } from "@pulumi/azure-native/network/networkInterface";
import type { compute, network } from "@pulumi/azure-native/types/input";
import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { sizeTags } from "../../../catalog/size-tags";
import type { VmSize } from "../../../catalog/vm-size";
import { physicalName } from "../../../core/names";
import type { Problems } from "../../../core/problems";
import { findGeneralSize } from "../general-size";
import { linuxNode } from "../linux-node";
import { securityType } from "../security-type";
import type { slurmShape } from "./shape";
import type { SlurmCluster } from "./slurm-conf";

/** What a head has in common with the nodes of its scale set. */
export interface NodesOfHead {
  readonly size: VmSize;
  /** What huge pages take of the memory of each. */
  readonly hugePagesGiB: number;
  readonly adminUsername: string;
  readonly sshPublicKeys: readonly string[];
  readonly zone?: string;
  readonly diskEncryptionSetResourceId?: string;
  readonly securityType?: "trusted-launch" | "standard";
  /** The same release of Ubuntu, client of Lustre and source of packages. */
  readonly image: compute.ImageReferenceArgs;
}

type Unplaced<Args> = Omit<Args, "resourceGroupName" | "tags">;

/** A checked cluster of Slurm: what to ask of Azure for its head. */
export interface SlurmPlan {
  readonly cluster: SlurmCluster;
  /** VM size of the head. */
  readonly size: VmSize;
  /** The whole network interface but for its address. */
  readonly networkInterface: Unplaced<NetworkInterfaceArgs>;
  /** The one address but for its subnet. */
  readonly ipConfiguration: network.NetworkInterfaceIPConfigurationArgs;
  /** The whole disk that the queue is kept on. */
  readonly disk: Unplaced<DiskArgs>;
  /** The whole machine but for the identity's ID, its boot data, its network interface and its disk. */
  readonly machine: Omit<Unplaced<VirtualMachineArgs>, "identity" | "osProfile" | "storageProfile"> & {
    readonly vmName: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly identity: compute.VirtualMachineIdentityArgs;
    readonly osProfile: compute.OSProfileArgs;
    readonly storageProfile: compute.StorageProfileArgs;
  };
  /** Login by Entra ID, but for the machine. */
  readonly entraLogin: Omit<VirtualMachineExtensionArgs, "resourceGroupName" | "vmName" | "tags">;
}

/** GiB of the disks. The first holds the HPC image and homes, the other thousands of jobs many times over. */
const osDiskGiB = 128;
const stateDiskGiB = 32;

/**
 * All decisions about the head of a scale set. `undefined` where a problem was noted.
 * @param name Of the scale set.
 */
export function planSlurm(
  name: string,
  shape: z.output<typeof slurmShape>,
  nodes: NodesOfHead,
  { location, names, sizes }: Place,
  problems: Problems,
): SlurmPlan | undefined {
  const headName = `${name}-head`;
  const vmName = physicalName("vm", names, headName);
  const networkInterfaceName = physicalName("nic", names, headName);
  const diskName = physicalName("disk", names, headName);
  checkName("compute:VirtualMachine", vmName, problems);
  checkName("network:NetworkInterface", networkInterfaceName, problems);
  checkName("compute:Disk", diskName, problems);
  const size = findGeneralSize(shape.head.size, sizes, "slurm.head.size", problems);
  if (size === undefined) return undefined;

  const { osProfile, entraLogin, networkInterface, ipConfiguration } = linuxNode(name, nodes, size);
  const { name: vmExtensionName = "", ...extension } = entraLogin;
  const { zone, diskEncryptionSetResourceId } = nodes;
  const zones = zone === undefined ? {} : { zones: [zone] };
  return {
    cluster: { name, headName, size: nodes.size, ...(nodes.hugePagesGiB > 0 && { hugePagesGiB: nodes.hugePagesGiB }) },
    size,
    networkInterface: {
      location,
      networkInterfaceName,
      enableAcceleratedNetworking: size.acceleratedNetworking,
      enableIPForwarding: networkInterface.enableIPForwarding ?? false,
    },
    // Azure takes it back with the interface alone, which outlives the machine: nodes know the head by it.
    ipConfiguration: { ...ipConfiguration, privateIPAllocationMethod: "Dynamic" },
    disk: {
      location,
      diskName,
      ...zones,
      sku: { name: "Premium_LRS" },
      creationData: { createOption: "Empty" },
      diskSizeGB: stateDiskGiB,
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
      ...(diskEncryptionSetResourceId !== undefined && {
        encryption: {
          type: "EncryptionAtRestWithCustomerKey",
          diskEncryptionSetId: diskEncryptionSetResourceId,
        },
      }),
    },
    machine: {
      location,
      vmName,
      tags: sizeTags(size),
      ...zones,
      // That of the scale set, for the key and shared files; the extension for Entra logins works with a system-assigned one only.
      identity: { type: "SystemAssigned, UserAssigned" },
      hardwareProfile: { vmSize: size.name },
      osProfile: {
        computerName: headName,
        adminUsername: nodes.adminUsername,
        linuxConfiguration: osProfile.linuxConfiguration ?? {},
      },
      storageProfile: {
        imageReference: nodes.image,
        osDisk: {
          createOption: "FromImage",
          caching: "ReadWrite",
          deleteOption: "Delete",
          diskSizeGB: osDiskGiB,
          managedDisk: {
            storageAccountType: "Premium_LRS",
            ...(diskEncryptionSetResourceId !== undefined && {
              diskEncryptionSet: { id: diskEncryptionSetResourceId },
            }),
          },
        },
      },
      securityProfile: {
        encryptionAtHost: true,
        ...securityType(size.trustedLaunch === false ? undefined : nodes.securityType, size),
      },
    },
    entraLogin: { location, vmExtensionName, ...extension },
  };
}
