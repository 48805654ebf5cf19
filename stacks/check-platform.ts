import { parseKubernetesVersion } from "../catalog/kubernetes-versions";
import { addOns } from "../components/platform/add-ons";
import { planPlatform } from "../components/platform/plan-platform";
import type { Problems } from "../core/problems";
import type { Environment } from "./environment";
import type { PoolHandover } from "./handover";

/** Whether the add-ons that an environment chose fit together and to its pools. A version that is none has its own problem. */
export function checkPlatform(
  { layers, infra, platform }: Environment,
  pools: readonly PoolHandover[],
  problems: Problems,
): void {
  const kubernetesVersion = infra?.cluster.kubernetesVersion ?? "";
  if (!layers.includes("platform") || parseKubernetesVersion(kubernetesVersion) === undefined) return;
  problems.attempt("platform", () => planPlatform(addOns, platform, { pools, kubernetesVersion }));
}
