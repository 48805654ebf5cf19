import type { ServingEstimate } from "../catalog/serving-estimate";
import { numberText } from "./number-text";

/** What the figures of models take for granted. */
export function modelAssumptions({ assumptions: { bandwidthShare, tokensPerRequest } }: ServingEstimate): string {
  return `Estimates, for servers that are always busy: ${bandwidthShare * 100} % of the memory bandwidth of the GPUs, ${numberText(tokensPerRequest)} tokens for a request and its answer, list prices.`;
}
