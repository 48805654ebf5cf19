import { parseKubernetesVersion } from "../catalog/kubernetes-versions";
import type { PlatformFacts } from "../components/platform/add-on";
import { addOns } from "../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../components/platform/plan-platform";
import type { Problems } from "../core/problems";
import type { Environment } from "./environment";
import type { infraParts, stores } from "./infra-parts";
import type { ContainerRegistryPlan } from "../components/identity/container-registry/plan";
import { ownMirrors } from "./own-mirrors";

/**
 * Whether the add-ons that an environment chose fit together and to its pools. A version that is none has its own problem.
 * Returns what they make together, null where that is not known.
 */
export function checkPlatform(
  {
    layers,
    infra,
    lock,
    platform: { imageMirrors = {}, ...choices },
  }: Pick<Environment, "layers" | "infra" | "lock" | "platform">,
  { registryUnread, ...pools }: Pick<PlatformFacts, "pools" | "cpuPools"> & { readonly registryUnread: boolean },
  problems: Problems,
): PlatformPlan | null {
  const kubernetesVersion = infra?.cluster.kubernetesVersion ?? "";
  if (!layers.includes("platform") || parseKubernetesVersion(kubernetesVersion) === undefined) return null;
  const has = (part: keyof typeof stores | keyof typeof infraParts): boolean =>
    infra?.parts.some(({ key }) => key === part) === true;
  const own = infra?.parts.find(({ key }) => key === "containerRegistry")?.plan as ContainerRegistryPlan | undefined;
  const mirrors = ownMirrors(imageMirrors, own ?? (registryUnread ? null : undefined), problems);
  const facts = {
    ...pools,
    kubernetesVersion,
    lock,
    lustre: has("lustre"),
    metrics: has("metrics"),
    imageMirrors: mirrors,
  };
  return problems.attempt("platform", () => planPlatform(addOns, choices, facts)) ?? null;
}
