import type { compute } from "@pulumi/azure-native/types/input";
import type { VmSize } from "../../catalog/vm-size";

/** What every Linux machine of this project has in common: how people log in, and how it is on the network. */
export interface LinuxNode {
  /** Name and login, without boot data. */
  readonly osProfile: Omit<compute.VirtualMachineScaleSetOSProfileArgs, "customData">;
  /** Login by Entra ID. It works with a system-assigned identity only. */
  readonly entraLogin: compute.VirtualMachineScaleSetExtensionArgs;
  /** The one network interface but for its address. */
  readonly networkInterface: Omit<compute.VirtualMachineScaleSetNetworkConfigurationArgs, "ipConfigurations">;
  /** The one address of that interface but for its subnet. */
  readonly ipConfiguration: Omit<compute.VirtualMachineScaleSetIPConfigurationArgs, "subnet">;
}

/** The parts of a scale set's body that are the same for every Linux machine: keys and Entra ID, no password, no public address. */
export function linuxNode(
  name: string,
  { adminUsername, sshPublicKeys }: { readonly adminUsername: string; readonly sshPublicKeys: readonly string[] },
  { acceleratedNetworking }: VmSize,
): LinuxNode {
  return {
    osProfile: {
      computerNamePrefix: `${name}-`,
      adminUsername,
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        provisionVMAgent: true,
        ssh: {
          publicKeys: sshPublicKeys.map((keyData) => ({
            keyData,
            path: `/home/${adminUsername}/.ssh/authorized_keys`,
          })),
        },
      },
    },
    entraLogin: {
      name: "entra-login",
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADSSHLoginForLinux",
      typeHandlerVersion: "1.0",
      autoUpgradeMinorVersion: true,
    },
    networkInterface: {
      name: "front-end",
      primary: true,
      enableAcceleratedNetworking: acceleratedNetworking,
      enableIPForwarding: false,
    },
    ipConfiguration: { name: "front-end", primary: true },
  };
}
