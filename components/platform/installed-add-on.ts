import { Release } from "@pulumi/kubernetes/helm/v3/release";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  mergeOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { KubernetesObjects } from "./add-on";
import { ClusterObject } from "../../core/cluster-object";
import type { AddOnPlan } from "./plan-platform";

export interface InstalledAddOnArgs {
  readonly plan: AddOnPlan;
  /** Add-ons that must be there first. */
  readonly after: readonly Resource[];
}

/** One add-on in the cluster: its namespace and who may reach the pods in it, its CRDs, its Helm release, and the objects that need those. */
export class InstalledAddOn extends ComponentResource {
  /** What it hands over, known once all of it is there. */
  public readonly handsOver: Output<AddOnPlan["handsOver"]>;

  /** `opts` come from the cluster's `KubernetesAccess`. */
  public constructor(name: string, { plan, after }: InstalledAddOnArgs, opts: ComponentResourceOptions) {
    super("azure-gpu-cluster:platform:InstalledAddOn", name, {}, mergeOptions(opts, { aliases: [...plan.aliases] }));
    const make = (objects: KubernetesObjects, dependsOn: readonly Resource[]): Resource[] =>
      Object.entries(objects).map(
        ([child, object]) => new ClusterObject(child, object, { parent: this, dependsOn: [...dependsOn] }),
      );

    const namespace = make(plan.namespace === null ? {} : { [name]: plan.namespace }, []);
    const ingress = make(plan.ingress === null ? {} : { [`${name}-ingress`]: plan.ingress }, namespace);
    const first = [...namespace, ...ingress, ...make(plan.crds, after), ...after];
    const release =
      plan.release === null ? [] : [new Release(name, plan.release, { parent: this, dependsOn: [...first] })];
    // The release waits for the rest already.
    const objects = make(plan.objects, plan.release === null ? first : release);

    this.handsOver = all([...first, ...release, ...objects].map(({ urn }) => urn)).apply(() => plan.handsOver);
    this.registerOutputs({});
  }
}
