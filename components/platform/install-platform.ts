import { all, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { InstalledAddOn } from "./installed-add-on";
import type { PlatformPlan } from "./plan-platform";

/** The add-ons of a cluster, installed. */
export interface InstalledPlatform {
  /** What they hand over together, known once they are there. */
  readonly handsOver: Output<PlatformPlan["handsOver"]>;
  /** By key, for what must wait for one of them. */
  readonly addOns: ReadonlyMap<string, Resource>;
}

/**
 * Installs what a plan says, in its order.
 * @param opts From the cluster's `KubernetesAccess`
 */
export function installPlatform({ addOns }: PlatformPlan, opts: ComponentResourceOptions): InstalledPlatform {
  const installed = new Map<string, InstalledAddOn>();
  for (const plan of addOns) {
    const after = plan.after.flatMap((key) => installed.get(key) ?? []);
    installed.set(plan.key, new InstalledAddOn(plan.name, { plan, after }, opts));
  }
  const handsOver = all([...installed.values()].map((it) => it.handsOver)).apply((parts) =>
    parts.reduce((together, part) => ({ ...together, ...part }), {}),
  );
  return { handsOver, addOns: installed };
}
