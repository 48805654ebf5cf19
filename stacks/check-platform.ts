import { parseKubernetesVersion } from "../catalog/kubernetes-versions";
import { addOns } from "../components/platform/add-ons";
import { planPlatform } from "../components/platform/plan-platform";
import type { Problems } from "../core/problems";
import type { Environment } from "./environment";
import type { stores } from "./infra-parts";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";

/** Whether the add-ons that an environment chose fit together and to its pools. A version that is none has its own problem. */
export function checkPlatform(
  { layers, infra, platform }: Environment,
  pools: readonly GpuPoolRef[],
  problems: Problems,
): void {
  const kubernetesVersion = infra?.cluster.kubernetesVersion ?? "";
  if (!layers.includes("platform") || parseKubernetesVersion(kubernetesVersion) === undefined) return;
  const lustre = infra?.parts.some(({ key }) => key === ("lustre" satisfies keyof typeof stores)) === true;
  problems.attempt("platform", () => planPlatform(addOns, platform, { pools, kubernetesVersion, lustre }));
}
