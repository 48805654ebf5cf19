import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import { installPlatform } from "../../components/platform/install-platform";
import type { PlatformPlan } from "../../components/platform/plan-platform";
import type { PlatformHandover } from "../handover";

/** What every team needs inside the cluster: its add-ons. */
export function deployPlatform(plan: PlatformPlan, { options }: KubernetesAccess): PlatformHandover {
  const handsOver = installPlatform(plan, options);
  return {
    platformSchemaVersion: 1,
    platformScratchStorageClass: handsOver.apply((it) => it.scratchStorageClass ?? ""),
  };
}
