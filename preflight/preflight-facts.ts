import { findArmType, plainToken } from "../azure/arm-types";
import type { PlannedResource } from "../core/planned-resource";

/** What the plan of a stack says, and who asks about it. */
export interface PreflightFacts {
  /** Stack name. */
  readonly stack: string;
  /** Subscription that is asked, and that all IDs of planned resources are in. */
  readonly subscriptionId: string;
  /** `azure-native:subscriptionId`, null where it is not set. */
  readonly declaredSubscriptionId: string | null;
  /** Subscription that `up` would use while the stack file names none, and who says so; null where nobody does. */
  readonly otherwise: { readonly subscriptionId: string; readonly saidBy: string } | null;
  /** `azure-native:tenantId`, null where it is not set. */
  readonly declaredTenantId: string | null;
  readonly location: string;
  /** vCPUs at most, surge included, by family. */
  readonly quota: readonly QuotaNeed[];
  /** The same of all families that are not spot. */
  readonly regionalVcpus: number;
  readonly resources: readonly PlannedAzureResource[];
  /** Subnets that somebody else made, as the stack file says that they are. */
  readonly existingSubnets: readonly DeclaredSubnet[];
  readonly identity: Identity;
}

/** A subnet that is said to be there. */
export interface DeclaredSubnet {
  readonly id: string;
  /** IPv4 range. */
  readonly range: string;
  /** Service that it is to be delegated to, null for none: what is delegated takes nothing else. */
  readonly delegatedTo: string | null;
}

/** vCPUs of one family. */
export interface QuotaNeed {
  /** Family as the usage API names it, null when no source tells. */
  readonly family: string | null;
  readonly vcpus: number;
  readonly spot: boolean;
}

/** Who is signed in. */
export interface Identity {
  /** Object ID in Entra ID, null where the token does not tell. */
  readonly objectId: string | null;
  readonly tenantId: string | null;
}

/** A resource that the plan makes in Azure. */
export interface PlannedAzureResource {
  /** Pulumi type token without an API version. */
  readonly token: string;
  /** ARM type. */
  readonly arm: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * A value with the IDs that it holds in another subscription.
 * @param planned Subscription that it was planned for.
 * @param asked Subscription that its IDs are to be in.
 */
export function inSubscription<T>(value: T, planned: string, asked: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(`/subscriptions/${planned}`, `/subscriptions/${asked}`)) as T;
}

/** The resources of a plan that are made in Azure. */
export function azureResources(
  resources: readonly Pick<PlannedResource, "type" | "custom" | "id" | "inputs">[],
  planned: string,
  asked: string,
): PlannedAzureResource[] {
  return resources.flatMap(({ type, custom, id, inputs }) => {
    const arm = findArmType(type)?.arm;
    if (!custom || arm === undefined) return [];
    return [{ token: plainToken(type), arm, ...inSubscription({ id, inputs }, planned, asked) }];
  });
}
