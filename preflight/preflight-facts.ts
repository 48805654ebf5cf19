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
  /** `azure-native:tenantId`, null where it is not set. */
  readonly declaredTenantId: string | null;
  readonly location: string;
  /** vCPUs at most, surge included, by family. */
  readonly quota: readonly QuotaNeed[];
  /** The same of all families that are not spot. */
  readonly regionalVcpus: number;
  readonly resources: readonly PlannedAzureResource[];
  readonly identity: Identity;
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
 * The resources of a plan that are made in Azure.
 * @param planned Subscription that the plan was made for.
 * @param asked Subscription that its IDs are to be in.
 */
export function azureResources(
  resources: readonly Pick<PlannedResource, "type" | "custom" | "id" | "inputs">[],
  planned: string,
  asked: string,
): PlannedAzureResource[] {
  return resources.flatMap(({ type, custom, id, inputs }) => {
    const arm = findArmType(type)?.arm;
    if (!custom || arm === undefined) return [];
    const told = JSON.stringify({ id, inputs }).replaceAll(`/subscriptions/${planned}`, `/subscriptions/${asked}`);
    return [{ token: plainToken(type), arm, ...(JSON.parse(told) as Pick<PlannedAzureResource, "id" | "inputs">) }];
  });
}
