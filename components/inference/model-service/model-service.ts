import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { claim } from "../../../core/claim";
import { ClusterObject } from "../../../core/cluster-object";
import type { Planned } from "../../../core/planned";
import { addressText } from "./address";
import { modelObjects, type ModelWires } from "./objects";
import { type ModelServicePlan, type ModelSurroundings, planModelService } from "./plan";
import type { ModelServiceShape } from "./shape";

/** Its shape and where it is served, or the plan of it, and what connects it. */
export type ModelServiceArgs = Planned<
  {
    /** Name of the model: clients ask for it. */
    readonly model: string;
    /** What is served, and how. */
    readonly shape: ModelServiceShape;
    readonly surroundings: ModelSurroundings;
  },
  ModelServicePlan
> &
  ModelWires & {
    /** What must be there before the model is, and goes after it: the namespace of its team. @default none */
    readonly after?: readonly Resource[];
  };

/**
 * A language model behind the gateway of the cluster: servers of vLLM, who picks one of them for each request, the route, who may ask, and
 * what is open in the network. It costs the GPU nodes that its servers keep alive, and one CPU of a general node.
 * @throws MisconfiguredError before anything is registered
 */
export class ModelService extends ComponentResource {
  /** Where the model answers: a host name, or one and a path. `/v1` of OpenAI's API is below it. */
  public readonly address: string;

  /** `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(name: string, args: ModelServiceArgs, opts: ComponentResourceOptions) {
    const { accountName, serviceAccount, scaler, after = [], ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planModelService(rest.model, rest.shape, rest.surroundings);
    const address = addressText(plan.address);
    claim("Address of a model", address);
    super("azure-gpu-cluster:inference:ModelService", name, {}, opts);
    const { route, ...others } = modelObjects(plan, { accountName, serviceAccount, scaler });
    const made = Object.entries(others).map(
      ([role, object]) => new ClusterObject(`${name}-${role}`, object, { parent: this, dependsOn: [...after] }),
    );
    // Last, and first to go: without who may ask, everybody could.
    new ClusterObject(`${name}-route`, route, { parent: this, dependsOn: made });
    this.address = address;
    this.registerOutputs({ address });
  }
}
