import { z } from "zod";
import { azurePolicies, type AzurePolicyKey } from "../../../catalog/azure-policies";
import { distinct } from "../../../core/distinct";

const keys = Object.keys(azurePolicies) as [AzurePolicyKey, ...AzurePolicyKey[]];

/** What Azure itself refuses in the group of an environment, whoever asks for it, with Pulumi or without. */
export const azurePoliciesShape = z.strictObject({
  /**
   * `deny` refuses what breaks a policy, `audit` lists it. What Azure only audits stays audited. Changed in place.
   */
  effect: z.enum(["deny", "audit"]).default("deny"),
  /** Policies that only list what breaks them, by name, each with the reason. */
  auditOnly: z.partialRecord(z.enum(keys), z.string().min(10, "must say why, in at least 10 characters")).default({}),
  /** Whether a cluster whose API server is public is refused, also one that lets in listed ranges only. */
  privateApiServer: z.boolean().default(false),
  /** Sizes of machines that may be bought, in pools, scale sets and by themselves. Default: Azure refuses none. */
  sizes: distinct(
    z
      .array(z.string().regex(/^Standard_[A-Za-z0-9_-]+$/, "must be a VM size as Azure calls it"))
      .min(1, "must name at least one size: leave it out to refuse none"),
    "must name each size once",
  ).exactOptional(),
  /** Most nodes of one pool or scale set. Default: Azure refuses none. */
  maxNodes: z
    .int()
    .min(1, "must be a whole number from 1")
    .max(5000, "must be at most 5000: no cluster has more")
    .exactOptional(),
});
export type AzurePoliciesShape = z.input<typeof azurePoliciesShape>;
