import type { Props } from "./arm-row";
import { plainToken } from "./arm-types";
import { type Charge, noSourcedPrice } from "./charge";
import { loadBalancerCharges } from "./charges/network";

type Bills = (inputs: Props) => readonly Charge[];

/** What bills, and why nobody can say here how much. */
function unpriced(what: string, because: string = noSourcedPrice): Bills {
  return () => [{ what, because }];
}

const free: Bills = () => [];

/**
 * Types that this project does not register and that programs of others have: what they bill, so that their bill is read, too. A type that
 * gets a row of its own leaves this list: the test of the rows says so.
 */
const types: Readonly<Record<string, Bills>> = {
  "compute:AvailabilitySet": free,
  "compute:SshPublicKey": free,
  "compute:Snapshot": unpriced("snapshots of disks", "they bill what is stored, which no input says"),
  "costmanagement:Budget": free,
  "keyvault:ManagedHsm": unpriced("managed HSM"),
  "keyvault:Secret": free,
  "monitor:ScheduledQueryRule": unpriced("alerts on logs, each query by how often it runs"),
  "netapp:ElasticAccount": free,
  "netapp:ElasticCapacityPool": unpriced("elastic capacity pools of NetApp Files"),
  "netapp:ElasticVolume": free,
  "netapp:Backup": unpriced("backups of NetApp Files"),
  "network:ApplicationGateway": unpriced("application gateways"),
  "network:AzureFirewall": unpriced("Azure Firewall, each hour and gigabyte"),
  "network:BastionHost": unpriced("Bastion, each hour and gigabyte"),
  "network:DdosProtectionPlan": unpriced("DDoS protection"),
  "network:FlowLog": unpriced("flow logs, each gigabyte"),
  "network:InterconnectGroup": free,
  "network:LoadBalancer": loadBalancerCharges,
  "network:PrivateLinkService": free,
  "network:VirtualNetworkGateway": unpriced("VPN and ExpressRoute gateways, by SKU"),
  "privatedns:PrivateRecordSet": free,
  "storage:FileShare": unpriced(
    "file shares",
    "they bill what is stored or bought by tier, which this list has no meters for",
  ),
  "storagecache:Cache": unpriced("HPC Cache"),
};

/** What a type without a row here bills, `undefined` where nobody has said it. */
export function billedElsewhere(token: string): Bills | undefined {
  return types[plainToken(token).replace("azure-native:", "")];
}

/** Types that are known to bill or to be free without having a row. */
export const typesBilledElsewhere: readonly string[] = Object.keys(types).map((it) => `azure-native:${it}`);
