import { existsSync } from "node:fs";
import { armId } from "../../azure/arm-id";
import { functionOf } from "../../azure/answers";
import type { Azure } from "./azure";
import { AzureError } from "./azure-error";
import { toldApiServer } from "./reach";
import { clusterFile, readClusterFile } from "../kubernetes/cluster-file";
import { type Props, toProps, type Value } from "../../core/property-value";
import { revealAll, secret } from "../../core/property-marks";

/**
 * Answers a provider function.
 * @throws AzureError as Azure would answer
 * @throws Error when the function is not known
 */
export function invoke(token: string, args: Props, subscriptionId: string, azure: Azure): Props {
  const { of, secrets, answer } = functionOf(token);
  const plain = revealAll(args);
  const id = of === null ? undefined : armId(of, plain, subscriptionId);
  const resource = id === undefined ? undefined : azure.peek(id);
  if (id !== undefined && resource === undefined) {
    throw new AzureError(404, "ResourceNotFound", `There is no '${id}'.`);
  }
  // The same answer that a plan shows, with the API server of the rehearsal in it when there is one.
  const api = existsSync(clusterFile(azure.folder)) ? readClusterFile(azure.folder) : null;
  const kubernetesApi = api === null || resource === undefined ? api : toldApiServer(api, plain, resource.inputs);
  const answered = toProps(answer(plain, { subscriptionId, kubernetesApi }));
  const guarded = (name: string, it: Value): Value => (secrets.includes(name) ? secret(it) : it);
  return Object.fromEntries(Object.entries(answered).map(([name, it]) => [name, guarded(name, it)]));
}
