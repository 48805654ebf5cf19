import { Disk } from "@pulumi/azure-native/compute/disk";
import { VirtualMachine } from "@pulumi/azure-native/compute/virtualMachine";
import { VirtualMachineExtension } from "@pulumi/azure-native/compute/virtualMachineExtension";
import { NetworkInterface } from "@pulumi/azure-native/network/networkInterface";
import { ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { type Scope, withTags } from "../../../core/scope";
import type { NodeSetup } from "../gpu-scale-set/node-setup";
import type { NodeFile } from "../node-file";
import type { Shared } from "../shared-files";
import { headCloudInit } from "./head-files";
import type { KeyStore } from "./key-store";
import { slurmNodeFiles } from "./node-files";
import type { SlurmPlan } from "./plan";
import { encryptedStorage } from "../encrypted-storage";

export interface SlurmHeadArgs {
  readonly plan: SlurmPlan;
  readonly scope: Scope;
  /** ARM ID of the subnet of the nodes. */
  readonly subnetResourceId: Input<string>;
  /** ARM ID of the identity that head and nodes act as. */
  readonly identityResourceId: Input<string>;
  /** What the nodes set up at their first boot: the head has the same logins, and jobs wait for the rest. */
  readonly nodeSetup: NodeSetup;
  readonly keyStore: Input<KeyStore>;
  readonly shared: Input<Shared>;
  /** ARM ID of a disk encryption set for both disks, where the plan names none. @default Microsoft's keys */
  readonly diskEncryptionSetResourceId?: Input<string>;
  /** ARM ID of the image that it boots, where the plan leaves it out. @default that of the plan */
  readonly imageResourceId?: Input<string>;
}

/**
 * The head of a scale set: one machine that people log in to, and that queues jobs for the nodes. Its queue is on a disk of its own,
 * which a machine that is made anew finds again; its address is that of an interface, which stays.
 *
 * Costs its size and two disks from the first minute.
 */
export class SlurmHead extends ComponentResource {
  /** ARM ID of the machine, the scope for logins. */
  public readonly machineResourceId: Output<string>;
  /** Files by which nodes join. */
  public readonly nodeFiles: Output<readonly NodeFile[]>;

  public constructor(name: string, args: SlurmHeadArgs, opts?: ComponentResourceOptions) {
    const {
      plan,
      scope,
      subnetResourceId,
      identityResourceId,
      nodeSetup,
      diskEncryptionSetResourceId,
      imageResourceId,
    } = args;
    super("azure-gpu-cluster:compute:SlurmHead", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const placed = { resourceGroupName, tags };
    const networkInterface = new NetworkInterface(
      name,
      {
        ...plan.networkInterface,
        ...placed,
        ipConfigurations: [{ ...plan.ipConfiguration, subnet: { id: subnetResourceId } }],
      },
      { parent: this },
    );
    const address = networkInterface.ipConfigurations.apply((it) => it?.[0]?.privateIPAddress ?? "");
    const encryption = diskEncryptionSetResourceId !== undefined && {
      encryption: { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: diskEncryptionSetResourceId },
    };
    const disk = new Disk(name, { ...encryption, ...plan.disk, ...placed }, { parent: this });
    const { keyStore, shared } = args;
    const around = output({ address, keyStore, shared });
    const customData = around.apply((it) => Buffer.from(headCloudInit(plan.cluster, nodeSetup, it)).toString("base64"));
    this.nodeFiles = around.apply((it) => slurmNodeFiles(plan.cluster, nodeSetup, it));
    const { machine } = plan;
    const virtualMachine = new VirtualMachine(
      name,
      {
        ...machine,
        resourceGroupName,
        tags: withTags(tags, machine.tags),
        identity: { ...machine.identity, userAssignedIdentities: [identityResourceId] },
        osProfile: { ...machine.osProfile, customData },
        storageProfile: {
          ...machine.storageProfile,
          ...(imageResourceId !== undefined && { imageReference: { id: imageResourceId } }),
          ...(diskEncryptionSetResourceId !== undefined && {
            osDisk: encryptedStorage(machine.storageProfile, diskEncryptionSetResourceId).apply((it) => it?.osDisk),
          }),
          dataDisks: [
            { lun: 0, createOption: "Attach", caching: "None", deleteOption: "Detach", managedDisk: { id: disk.id } },
          ],
        },
        networkProfile: { networkInterfaces: [{ id: networkInterface.id, primary: true, deleteOption: "Detach" }] },
      },
      {
        parent: this,
        replaceOnChanges: replaceOnChanges(compute.VirtualMachine),
        // The new machine has the old one's name, address and disk.
        deleteBeforeReplace: true,
        customTimeouts: { create: "30m", update: "30m", delete: "30m" },
      },
    );
    new VirtualMachineExtension(
      `${name}-entra-login`,
      { ...plan.entraLogin, ...placed, vmName: virtualMachine.name },
      { parent: this },
    );
    this.machineResourceId = virtualMachine.id;
    this.registerOutputs({ machineResourceId: this.machineResourceId });
  }
}
