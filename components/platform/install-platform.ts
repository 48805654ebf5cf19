import { all, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { InstalledAddOn } from "./installed-add-on";
import type { PlatformPlan } from "./plan-platform";

/**
 * Installs what a plan says, in its order.
 * @param opts From the cluster's `KubernetesAccess`
 * @returns what the add-ons hand over, known once they are there
 */
export function installPlatform(
  { addOns }: PlatformPlan,
  opts: ComponentResourceOptions,
): Output<PlatformPlan["handsOver"]> {
  const installed = new Map<string, InstalledAddOn>();
  for (const plan of addOns) {
    const after = plan.after.flatMap((key) => installed.get(key) ?? []);
    installed.set(plan.key, new InstalledAddOn(plan.name, { plan, after }, opts));
  }
  return all([...installed.values()].map((it) => it.handsOver)).apply((parts) =>
    parts.reduce((together, part) => ({ ...together, ...part }), {}),
  );
}
