import type { Output, Resource } from "@pulumi/pulumi";
import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import type { AddOnKey } from "../../components/platform/add-ons";
import { installPlatform } from "../../components/platform/install-platform";
import type { PlatformPlan } from "../../components/platform/plan-platform";
import type { PlatformHandover } from "../handover";

/** What the platform layer made: the handover, and what teams in the same stack must not come before. */
export interface PlatformLayer {
  readonly handover: Output<PlatformHandover>;
  /** What namespaces wait for. */
  readonly fence: readonly Resource[];
  /** What queues wait for. */
  readonly kueue: readonly Resource[];
  /** What models wait for. */
  readonly serving: readonly Resource[];
}

/** What every team needs inside the cluster: its add-ons. */
export function deployPlatform(plan: PlatformPlan, { options }: KubernetesAccess): PlatformLayer {
  const { handsOver, addOns } = installPlatform(plan, options);
  const made = (key: AddOnKey): Resource[] => {
    const addOn = addOns.get(key);
    return addOn === undefined ? [] : [addOn];
  };
  return {
    handover: handsOver.apply((it) => ({ schemaVersion: 2 as const, ...it })),
    fence: made("teamFence"),
    kueue: made("kueue"),
    serving: [...made("inferenceGateway"), ...made("leaderWorkerSet"), ...made("scratchDisks")],
  };
}
