import type { ModelFigures } from "../../../catalog/models";
import { engines } from "../../../catalog/engines";
import { bytesPerToken, type Fit } from "./fit";
import type { ServingGpu } from "./serving-gpu";

/**
 * What the estimate takes for granted, none of it measured: writing tokens is bound by the memory of the GPUs, of whose bandwidth this
 * part is reached; each request and its answer have so many tokens; and all places for requests are taken.
 */
export const assumptions = { bandwidthShare: 0.6, tokensPerRequest: 2048 } as const;

/** What one server of a model is expected to do, and what that costs. */
export interface Estimate {
  /** Requests that it works on at the same time. */
  readonly requestsAtOnce: number;
  /** Tokens that it writes in a second, for all requests together. */
  readonly tokensPerSecond: number;
  /** USD for a million tokens written, while it is busy: list price of its GPUs. Null without a price. */
  readonly usdPerMillionTokens: number | null;
}

/** What a server costs: GPUs that are there for it, those that read its prompts included, and list price of a node by its GPUs. */
export interface ServerCost {
  readonly gpus: number;
  /** Null where none is known. */
  readonly usdPerGpuHour: number | null;
}

/** What a server is expected to do. */
export function estimate(
  model: ModelFigures,
  gpu: ServingGpu,
  fit: Fit,
  { gpus, usdPerGpuHour }: ServerCost,
): Estimate {
  const perRequest = Math.min(assumptions.tokensPerRequest, fit.contextTokens);
  const requestsAtOnce = Math.max(1, Math.min(engines[gpu.engine].requestsAtOnce, Math.floor(fit.tokens / perRequest)));
  // Of a mixture of experts each request reads other experts, until all are read.
  const readGB = Math.min(model.weightGB, (model.activeWeightGB ?? model.weightGB) * requestsAtOnce);
  // Nodes that share the layers work on a part of the requests each, and read their weights anew for each part.
  const bytesPerStep = (readGB * 1e9) / fit.tensor + requestsAtOnce * perRequest * bytesPerToken(model, fit);
  const seconds = bytesPerStep / (gpu.memoryGBps * 1e9 * assumptions.bandwidthShare);
  const tokensPerSecond = requestsAtOnce / seconds;
  return {
    requestsAtOnce,
    tokensPerSecond: twoDigits(tokensPerSecond),
    usdPerMillionTokens:
      usdPerGpuHour === null ? null : twoDigits((usdPerGpuHour * gpus * 1e6) / (tokensPerSecond * 3600)),
  };
}

/** More digits would promise what an estimate does not know. */
function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
