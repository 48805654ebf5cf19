import { engines } from "../../../../catalog/engines";
import { modelObjects } from "../../../../components/inference/model-service/objects";
import { planModelService, type ServerPlan } from "../../../../components/inference/model-service/plan";
import { list, number, read, record, text } from "../../../../core/property-tree";
import { toProps, type Value } from "../../../../core/property-value";
import { keysOf } from "../../../../core/records";
import type { ModelExample } from "./whole-examples";

/** A container that an engine is started in, as Kubernetes starts it. */
export interface StartedEngine {
  readonly title: string;
  /** Name that requests call the model by. */
  readonly model: string;
  /** What the plan says of it. */
  readonly server: ServerPlan;
  readonly role: string;
  /** The variables of LeaderWorkerSet are filled in. */
  readonly args: readonly string[];
  readonly gpus: number;
  /** Empty where Kubernetes alone knows a value. */
  readonly variables: Readonly<Record<string, string>>;
  readonly port: number;
  readonly memoryGiB: number;
  /** What Triton gives its vLLM. Null: another engine. */
  readonly options: object | null;
}

const templates = ["template", "leaderWorkerTemplate.leaderTemplate", "leaderWorkerTemplate.workerTemplate"];

/** Every engine that the pods of a model start, read from its objects, so that none is left out. */
export function startedEngines(name: string, { shape, surroundings }: ModelExample): readonly StartedEngine[] {
  const plan = planModelService(name, shape, surroundings);
  const objects = Object.values(modelObjects(plan, { accountName: "data", serviceAccount: "workload", scaler: null }));
  return objects.flatMap((object) =>
    templates.flatMap((at) => {
      const pod = read(toProps(object), `spec.${at}`);
      return list(pod, "spec.containers").flatMap((container) => {
        if (!keysOf(engines).some((it) => it === text(container, "name"))) return [];
        return [startedIn(container, pod, plan.servers, name)];
      });
    }),
  );
}

function startedIn(
  container: Value,
  pod: Value | undefined,
  servers: readonly ServerPlan[],
  model: string,
): StartedEngine {
  const labels = record(pod, "metadata.labels");
  const role = labels["app.kubernetes.io/component"];
  const server = servers.find((it) => it.name === labels["app.kubernetes.io/instance"]);
  if (server === undefined || typeof role !== "string")
    throw new Error(`The plan of ${model} has no server for one of its pods.`);
  const variables = Object.entries({
    LWS_GROUP_SIZE: `${server.fit.pipeline}`,
    LWS_WORKER_INDEX: role === "worker" ? "1" : "0",
    LWS_LEADER_ADDRESS: `${server.name}-0.${server.name}.infer-chat`,
  });
  const options = record(pod, "metadata.annotations")["azure-gpu-cluster/triton-model.json"];
  return {
    title: `${role} of ${server.name}`,
    model,
    server,
    role,
    args: list(container, "args").flatMap((arg) =>
      typeof arg === "string"
        ? [variables.reduce((filled, [key, value]) => filled.replaceAll(`$(${key})`, value), arg)]
        : [],
    ),
    variables: Object.fromEntries(
      list(container, "env").map((it) => [text(it, "name") ?? "", text(it, "value") ?? ""]),
    ),
    gpus: Object.entries(record(container, "resources.limits")).reduce(
      (sum, [resource, count]) => sum + (resource.startsWith("nvidia.com/") ? Number(count) : 0),
      0,
    ),
    port: number(list(container, "ports")[0], "containerPort"),
    memoryGiB: Number.parseInt(text(container, "resources.limits.memory") ?? "", 10),
    options: typeof options === "string" ? (JSON.parse(options) as object) : null,
  };
}
