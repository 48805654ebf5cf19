import type { ServingEstimate } from "../catalog/serving-estimate";
import { countText } from "./count-text";
import { modelAssumptions } from "./model-assumptions";
import { numberText } from "./number-text";

/** What a person reads of the models that are served: a line each, and what the figures take for granted. */
export function modelLines(models: readonly ServingEstimate[]): string[] {
  const [first] = models;
  if (first === undefined) return [];
  return [...models.map(line), `  ${modelAssumptions(first)}`];
}

function line({ name, namespace, address, weight, pool, replicas: [least, most], ...one }: ServingEstimate): string {
  const servers = range(least, most);
  const { prefill, engine } = one;
  const program = engine === undefined ? "" : ` with ${engine}`;
  const readers =
    prefill === undefined
      ? ""
      : `, and ${range(...prefill.replicas)} of ${countText(prefill.gpusPerReplica, "GPU")} that read prompts`;
  const nodes = one.nodesPerReplica === 1 ? "" : ` on ${one.nodesPerReplica} nodes`;
  const part = weight === 100 ? "" : ` (${weight} % of the requests)`;
  const price = one.usdPerMillionTokens === null ? "no list price" : `${one.usdPerMillionTokens} USD a million tokens`;
  return (
    `  ${namespace}/${name} at ${address}${part}: ${servers} of ${countText(one.gpusPerReplica, "GPU")} of ${pool}${nodes}${program}${readers}; each ` +
    `${numberText(one.requestsAtOnce)} requests at once, up to ${numberText(one.contextTokens)} tokens each and ${numberText(one.tokensAtOnce)} together, ` +
    `about ${numberText(one.tokensPerSecond)} tokens/s, ${price}`
  );
}

function range(least: number, most: number): string {
  return least === most ? countText(most, "server") : `${least} to ${countText(most, "server")}`;
}
