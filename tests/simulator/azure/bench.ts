import type { AzureError } from "../../../simulator/azure/azure-error";
import { armId, nilSubscription } from "../../../azure/arm-id";
import { emptyEstate, type Estate } from "../../../simulator/azure/estate";
import type { Fault } from "../../../simulator/azure/fault";
import { beginOperation, finishOperation, type Ending, type Schedule } from "../../../simulator/azure/operation";
import type { Props } from "../../../core/property-value";

/** What a step on the bench came to. */
export interface Step extends Ending {
  readonly schedule: Schedule;
}

/** Operations on an estate in memory, one after the other, without processes and without waiting. */
export class Bench {
  public estate: Estate = emptyEstate("salt");
  public faults: readonly Fault[] = [];
  public now = 0;

  /** Makes a resource and moves on to the second in which it is done. */
  public create(type: string, inputs: Props, timeoutSeconds = 0): Step {
    return this.#finish("create", idOf(type, inputs), type, inputs, timeoutSeconds);
  }

  public update(type: string, inputs: Props): Step {
    return this.#finish("update", idOf(type, inputs), type, inputs, 0);
  }

  public delete(type: string, inputs: Props): Step {
    return this.#finish("delete", idOf(type, inputs), type, {}, 0);
  }

  /** Begins a creation and leaves it in flight. */
  public begin(type: string, inputs: Props): Schedule {
    const request = { ...this.#request("create", idOf(type, inputs), type, inputs, 0) };
    const { schedule, ...rest } = beginOperation(this.estate, this.faults, request, this.now, process.pid);
    Object.assign(this, rest);
    return schedule;
  }

  /** Creates what must work. */
  public have(type: string, inputs: Props): this {
    const { error } = this.create(type, inputs);
    if (error !== undefined) throw error;
    return this;
  }

  #finish(kind: "create" | "update" | "delete", id: string, type: string, inputs: Props, timeout: number): Step {
    const request = this.#request(kind, id, type, inputs, timeout);
    const begun = beginOperation(this.estate, this.faults, request, this.now, process.pid);
    const { estate, ending } = finishOperation(begun.estate, request, begun.schedule);
    this.estate = estate;
    this.faults = begun.faults;
    this.now = begun.schedule.end;
    return { ...ending, schedule: begun.schedule };
  }

  #request(
    kind: "create" | "update" | "delete",
    id: string,
    type: string,
    inputs: Props,
    timeoutSeconds: number,
  ): Parameters<typeof beginOperation>[2] {
    return { kind, id, type, inputs, timeoutSeconds, subscriptionId: nilSubscription };
  }
}

/** Code of an error, for a table. */
export function codeOf({ error }: { readonly error?: AzureError }): string | undefined {
  return error?.code;
}

/** ARM ID of a resource in the subscription that the tests use. */
export function idOf(type: string, inputs: Props): string {
  return armId(type, inputs, nilSubscription);
}

/** Type tokens, short. */
export const types = {
  group: "azure-native:resources:ResourceGroup",
  network: "azure-native:network:VirtualNetwork",
  subnet: "azure-native:network:Subnet",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  natGateway: "azure-native:network:NatGateway",
  publicAddress: "azure-native:network:PublicIPAddress",
  endpoint: "azure-native:network:PrivateEndpoint",
  zone: "azure-native:privatedns:PrivateZone",
  link: "azure-native:privatedns:VirtualNetworkLink",
  cluster: "azure-native:containerservice:ManagedCluster",
  pool: "azure-native:containerservice:AgentPool",
  scaleSet: "azure-native:compute:VirtualMachineScaleSet",
  account: "azure-native:storage:StorageAccount",
  container: "azure-native:storage:BlobContainer",
  blobService: "azure-native:storage:BlobServiceProperties",
  identity: "azure-native:managedidentity:UserAssignedIdentity",
  credential: "azure-native:managedidentity:FederatedIdentityCredential",
  role: "azure-native:authorization:RoleAssignment",
} as const;

const common = { resourceGroupName: "rg", location: "eastus" };

/** Inputs of small resources that fit together. */
export const inputs = {
  group: common,
  network: { ...common, virtualNetworkName: "vnet", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
  subnet: (name: string, addressPrefix: string): Props => ({
    resourceGroupName: "rg",
    virtualNetworkName: "vnet",
    subnetName: name,
    addressPrefix,
  }),
  cluster: {
    ...common,
    resourceName: "aks",
    dnsPrefix: "aks",
    agentPoolProfiles: [{ name: "system", vmSize: "Standard_D4ds_v5", count: 2 }],
  },
  pool: (name: string, more: Props = {}): Props => ({
    resourceGroupName: "rg",
    resourceName: "aks",
    agentPoolName: name,
    vmSize: "Standard_ND96isr_H100_v5",
    osDiskSizeGB: 512,
    count: 0,
    ...more,
  }),
  account: { ...common, accountName: "stgpudev", kind: "StorageV2", sku: { name: "Standard_LRS" } },
  identity: { ...common, resourceName: "id-team" },
  credential: (name: string): Props => ({
    resourceGroupName: "rg",
    resourceName: "id-team",
    federatedIdentityCredentialResourceName: name,
    issuer: "https://issuer",
    subject: name,
    audiences: ["api://AzureADTokenExchange"],
  }),
} as const;
