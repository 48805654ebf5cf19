/** What is read of a ScaledObject. */
export interface ScaledObjectSpec {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly cooldownPeriod: number;
  readonly advanced: {
    readonly horizontalPodAutoscalerConfig: {
      readonly behavior: {
        readonly scaleDown: {
          readonly stabilizationWindowSeconds: number;
          readonly policies: readonly [
            { readonly type: "Pods"; readonly value: number; readonly periodSeconds: number },
          ];
        };
      };
    };
  };
  readonly triggers: readonly { readonly type: string; readonly metadata: Readonly<Record<string, unknown>> }[];
}

/** Seconds between two looks of the autoscaler. Source: kubernetes:cmd/kube-controller-manager, --horizontal-pod-autoscaler-sync-period */
export const syncSeconds = 15;

/** What is not worth a change. Source: the same, --horizontal-pod-autoscaler-tolerance */
const tolerance = 0.1;

/**
 * How many servers KEDA and the autoscaler below it order, by their own rules. KEDA hands each trigger on as an external metric with an
 * average value and turns the first server on and the last one off itself; the autoscaler divides by what one server should have, takes
 * the largest answer, and then keeps to its windows and rates. A clock says its number while it is on and 1 while not.
 * Sources: kedacore/keda:pkg/scaling/executor/scale_scaledobjects.go and pkg/scalers/cron_scaler.go (v2.19.0);
 * kubernetes:pkg/controller/podautoscaler/replica_calculator.go (GetExternalPerPodMetricReplicas) and horizontal.go
 * (stabilizeRecommendationWithBehaviors, convertDesiredReplicasWithBehaviorRate), with the default for more pods of
 * pkg/apis/autoscaling/v2/defaults.go (the larger of 4 pods and 100 % in 15 seconds; v1.36)
 */
export class Autoscaler {
  #recommended: { readonly at: number; readonly replicas: number }[] = [];
  #changed: { readonly at: number; readonly by: number }[] = [];
  #active = 0;

  public constructor(
    private readonly spec: ScaledObjectSpec,
    private replicas: number,
  ) {}

  /**
   * Looks once.
   * @param values What the query of each trigger says, all servers together; of a clock whether it is on.
   * @returns how many servers there are to be
   */
  public look(now: number, values: readonly (number | boolean)[]): number {
    const active = values.some((it) => it === true || (typeof it === "number" && it > 0));
    if (active) this.#active = now;
    const before = this.replicas;
    this.replicas = this.#next(now, values, active);
    if (this.replicas !== before) this.#changed.push({ at: now, by: this.replicas - before });
    return this.replicas;
  }

  #next(now: number, values: readonly (number | boolean)[], active: boolean): number {
    const { minReplicaCount: least, maxReplicaCount: most, cooldownPeriod } = this.spec;
    // Without a server the autoscaler rests, and KEDA starts the first.
    if (this.replicas === 0) return active ? Math.max(1, least) : least;
    if (least === 0 && !active && now - this.#active >= cooldownPeriod) return 0;
    const wanted = Math.max(...values.map((it, at) => this.#wantedBy(at, it)));
    const floor = Math.max(1, least);
    return Math.min(Math.max(this.#held(now, Math.min(Math.max(wanted, floor), most)), floor), most);
  }

  #wantedBy(at: number, value: number | boolean): number {
    const metadata: Readonly<Record<string, unknown>> = this.spec.triggers[at]?.metadata ?? {};
    const [sum, target] =
      typeof value === "boolean"
        ? [value ? Number(metadata["desiredReplicas"]) : 1, 1]
        : [value, Number(metadata["threshold"])];
    const ratio = sum / (target * this.replicas);
    return Math.abs(1 - ratio) <= tolerance ? this.replicas : Math.ceil(sum / target);
  }

  /** Fewer only when fewer were enough for all of the window, and no faster than its rate; more at once, and no faster than the default. */
  #held(now: number, wanted: number): number {
    const { stabilizationWindowSeconds, policies } =
      this.spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown;
    this.#recommended = [
      ...this.#recommended.filter(({ at }) => at > now - stabilizationWindowSeconds),
      { at: now, replicas: wanted },
    ];
    const changes = (seconds: number, way: 1 | -1): number =>
      this.#changed.reduce((sum, { at, by }) => sum + (at > now - seconds && by * way > 0 ? by * way : 0), 0);
    if (wanted > this.replicas) {
      const began = this.replicas - changes(15, 1);
      return Math.min(wanted, Math.max(began + 4, began * 2));
    }
    const highest = Math.max(...this.#recommended.map(({ replicas }) => replicas));
    const stable = Math.min(this.replicas, Math.max(wanted, highest));
    const [{ value, periodSeconds }] = policies;
    return Math.max(stable, this.replicas + changes(periodSeconds, -1) - value);
  }
}
