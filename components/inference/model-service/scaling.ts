import type { Problems } from "../../../core/problems";
import type { ModelServiceChoices } from "./shape";

/** What a cluster has for scaling by load. */
export interface ScalingMeans {
  /** Whether it runs KEDA. */
  readonly keda: boolean;
  /** Whether metrics of its pods are kept where KEDA can read them: there are none, only a private endpoint reads them, or it can. */
  readonly metrics: "none" | "private" | "readable";
}

/** How many servers run. */
export type Scaling =
  | { readonly kind: "fixed"; readonly replicas: number }
  | {
      readonly kind: "keda";
      readonly minReplicas: number;
      readonly maxReplicas: number;
      /** Whether it goes by what waits. Else by the clock alone. */
      readonly byLoad: boolean;
      readonly schedule: NonNullable<ModelServiceChoices["schedule"]> | null;
    };

/** Fewest and most servers. */
export function rangeOf(scaling: Scaling): [least: number, most: number] {
  return scaling.kind === "fixed" ? [scaling.replicas, scaling.replicas] : [scaling.minReplicas, scaling.maxReplicas];
}

/** Decides how many servers run, and by what. `note` tells of a wish that the cluster cannot fulfil. */
export function planScaling(
  { minReplicas, maxReplicas, schedule }: ModelServiceChoices,
  { keda, metrics }: ScalingMeans,
  problems: Problems,
): { readonly scaling: Scaling; readonly most: number; readonly note: string | null } {
  const most = maxReplicas ?? Math.max(1, minReplicas, schedule?.replicas ?? 0);
  // Said of both, so that nobody waits for a server that nothing starts.
  const parked = minReplicas === 0 && most === 0;
  problems.require(minReplicas <= most, "minReplicas", `must be at most maxReplicas, ${most}`, {
    got: minReplicas,
    remedy: `Use ${most} or less, or raise maxReplicas`,
  });
  problems.require(
    parked || minReplicas > 0 || schedule !== undefined,
    "minReplicas",
    "must be at least 1 without schedule: nothing would start the first server",
    {
      got: minReplicas,
      remedy: "Use 1, or add a schedule; with maxReplicas: 0 as well the model is parked",
    },
  );
  if (schedule !== undefined) {
    problems.require(keda, "schedule", "needs KEDA, which the cluster does not run", {
      remedy: "Write keda: true in the section cluster, or remove schedule",
    });
    problems.requireWhole(
      "schedule.replicas",
      schedule.replicas,
      [Math.max(1, minReplicas), most],
      ", from minReplicas to maxReplicas",
    );
  }
  const byLoad = keda && metrics === "readable" && most > minReplicas;
  if (!byLoad && schedule === undefined) {
    const note = parked
      ? "parked: no server runs until minReplicas and maxReplicas are at least 1"
      : most === minReplicas
        ? null
        : `${minReplicas} of at most ${most} servers run, whatever the load: ${missing(keda, metrics)}`;
    return { scaling: { kind: "fixed", replicas: minReplicas }, most, note };
  }
  const note =
    byLoad || most <= (schedule?.replicas ?? 0)
      ? null
      : `servers follow the schedule and not the load: ${missing(keda, metrics)}`;
  const maxOf = byLoad ? most : Math.max(1, minReplicas, schedule?.replicas ?? 0);
  return {
    scaling: { kind: "keda", minReplicas, maxReplicas: maxOf, byLoad, schedule: schedule ?? null },
    most,
    note,
  };
}

function missing(keda: boolean, metrics: ScalingMeans["metrics"]): string {
  if (!keda) return "the cluster does not run KEDA (cluster.keda: true)";
  return metrics === "none"
    ? "the environment has no metrics (section metrics)"
    : "KEDA cannot read the metrics, which have a private endpoint alone (metrics.workspace.queries: anywhere)";
}
