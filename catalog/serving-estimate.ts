import { z } from "zod";

const amount = z.number().nonnegative();

/** What the annotation `azure-gpu-cluster/serving-estimate` says of the servers of a model. */
export const servingEstimate = z.object({
  name: z.string(),
  namespace: z.string(),
  /** Where the model answers. */
  address: z.string(),
  /** Percent of the requests that these servers get. */
  weight: amount,
  pool: z.string(),
  /** Program that serves it; absent for vLLM. */
  engine: z.string().exactOptional(),
  /** Fewest and most servers. */
  replicas: z.tuple([amount, amount]),
  gpusPerReplica: amount,
  nodesPerReplica: amount,
  /** Most tokens of one request and its answer, and of all that one server holds. */
  contextTokens: amount,
  tokensAtOnce: amount,
  /** Servers that read prompts for these; absent where they do it themselves. */
  prefill: z
    .object({
      /** Fewest and most of them. */
      replicas: z.tuple([amount, amount]),
      gpusPerReplica: amount,
    })
    .exactOptional(),
  requestsAtOnce: amount,
  /** Tokens that one server writes in a second, for all requests together. */
  tokensPerSecond: amount,
  /** Null without a list price. */
  usdPerMillionTokens: amount.nullable(),
  /** What the estimate takes for granted. */
  assumptions: z.object({ bandwidthShare: amount, tokensPerRequest: amount }),
});
export type ServingEstimate = z.output<typeof servingEstimate>;
