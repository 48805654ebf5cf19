import type { KubernetesObject } from "../../../core/kubernetes-object";
import { cacheObject } from "./cache-sidecar";
import { networkObjects } from "./network";
import { pickerObjects } from "./picker";
import type { ModelServicePlan, ServerPlan } from "./plan";
import { accessObjects, counterObjects, routeObject } from "./route";
import { monitorObject, scalerObjects, type ScalerWires } from "./scaler";
import type { ServerWires } from "./server-pod";
import { budgetObject, readersObject, serversObject } from "./servers";

/** What connects a model to the rest. */
export interface ModelWires extends ServerWires {
  /** Null where no server follows the load. */
  readonly scaler: ScalerWires | null;
}

/** Objects of a model, by the last part of their names in Pulumi. */
export type ModelObjects = Readonly<Record<string, KubernetesObject>> & { readonly route: KubernetesObject };

/** Every object of a model. */
export function modelObjects(plan: ModelServicePlan, wires: ModelWires): ModelObjects {
  const monitor = monitorObject(plan);
  return {
    ...networkObjects(plan),
    ...plan.servers.reduce((all, it) => ({ ...all, ...ofServer(plan, it, wires) }), {}),
    ...accessObjects(plan),
    ...counterObjects(plan),
    route: routeObject(plan),
    ...(monitor !== null && { monitor }),
    ...scalerObjects(plan, wires.scaler),
  };
}

function ofServer(
  plan: ModelServicePlan,
  server: ServerPlan,
  wires: ModelWires,
): Readonly<Record<string, KubernetesObject>> {
  const role = server === plan.servers[0] ? "" : "canary-";
  const picking = Object.entries(pickerObjects(plan, server)).map(([key, it]) => [`${role}${key}`, it] as const);
  return {
    [`${role}servers`]: serversObject(plan, server, wires),
    [`${role}budget`]: budgetObject(plan, server, "server"),
    ...(server.responseCache !== null && {
      [`${role}response-cache`]: cacheObject(plan, server, server.responseCache),
    }),
    ...(server.prefill !== null && {
      [`${role}prefill`]: readersObject(plan, server, server.prefill, wires),
      [`${role}prefill-budget`]: budgetObject(plan, server, "prefill"),
    }),
    ...Object.fromEntries(picking),
  };
}
