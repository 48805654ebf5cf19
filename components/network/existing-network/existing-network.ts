import { ComponentResource, output, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { Planned } from "../../../core/planned";
import type { NetworkRef } from "../network-ref";
import type { NetworkUser, SubnetRole } from "../subnet-ref";
import { planExistingNetwork, type ExistingNetworkPlan } from "./plan";
import type { ExistingNetworkShape } from "./shape";

/** Its shape and what will be put into it, or the plan of both. */
export type ExistingNetworkArgs = Planned<
  ExistingNetworkShape & {
    /**
     * Plans of what will be put into the network: they decide which subnets there must be and how large.
     * @default none: the cluster's subnets and that of the private endpoints, of whatever size
     */
    readonly users?: readonly NetworkUser[];
  },
  ExistingNetworkPlan
>;

/**
 * A network that somebody else made, for everything that asks for a network of ours. Nothing is registered in it: routes,
 * security groups, DNS servers and peerings are its owner's. Costs nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class ExistingNetwork extends ComponentResource {
  /** What others have to know of the network. */
  public readonly ref: NetworkRef;
  readonly #subnets: ExistingNetworkPlan["subnetResourceIds"];

  public constructor(name: string, args: ExistingNetworkArgs, opts?: ComponentResourceOptions) {
    const { virtualNetworkResourceId, subnetResourceIds, ...plan } = planOf(name, args);
    super("azure-gpu-cluster:network:ExistingNetwork", name, {}, opts);
    const { endpointCidr, podCidr, serviceCidr, outboundType } = plan;
    this.ref = { virtualNetworkResourceId, endpointCidr, podCidr, serviceCidr, outboundType };
    this.#subnets = subnetResourceIds;
    this.registerOutputs({ virtualNetworkResourceId });
  }

  /** ARM ID of the subnet for a purpose. Asking for one that no user of the network called for is a bug of the caller. */
  public subnetResourceId(role: SubnetRole): Output<string> {
    const id = this.#subnets[role];
    if (id === undefined) throw new Error(`The network was planned without a subnet for ${role}.`);
    return output(id);
  }
}

function planOf(name: string, args: ExistingNetworkArgs): ExistingNetworkPlan {
  if (args.plan !== undefined) return args.plan;
  const { users = [], ...shape } = args;
  return planExistingNetwork(name, shape, users);
}
