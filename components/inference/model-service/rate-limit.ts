import type { Problems } from "../../../core/problems";
import type { ModelServiceChoices } from "./shape";

/**
 * What the gateway lets through of a model in a minute.
 * Source: agentgateway/agentgateway:crates/agentgateway/src/http/localratelimit.rs and
 * controller/api/v1alpha1/agentgateway/agentgateway_policy_types.go (v1.4.1)
 */
export interface RateLimit {
  readonly counted: "requests" | "tokens";
  /** What each pod of the gateway lets through: they know nothing of one another. */
  readonly perMinuteAndPod: number;
}

/** Where a limit applies. */
export interface LimitedModel {
  /** Pods of the gateway. */
  readonly pods: number;
  /** Most tokens of one request and its answer. */
  readonly contextTokens: number;
}

/** The largest limit that the gateway takes. */
export const mostPerMinute = 2 ** 31 - 1;

/** Decides what each pod of the gateway counts. Null: nothing is limited, or a problem was noted. */
export function planRateLimit(
  limits: ModelServiceChoices["limits"],
  { pods, contextTokens }: LimitedModel,
  problems: Problems,
): RateLimit | null {
  if (limits === undefined) return null;
  const { requestsPerMinute: requests, tokensPerMinute: tokens } = limits;
  if ((requests === undefined) === (tokens === undefined)) {
    const said = Object.keys(limits);
    problems.require(
      false,
      "limits",
      "must have one of requestsPerMinute and tokensPerMinute: the gateway counts one",
      {
        got: said.length === 0 ? "neither" : said.join(", "),
        remedy: "For example limits: { requestsPerMinute: 600 }",
      },
    );
    return null;
  }
  const part = (counted: RateLimit["counted"], all: number): RateLimit => ({
    counted,
    perMinuteAndPod: Math.floor(all / pods),
  });
  if (requests !== undefined) {
    const why = `: each of the ${pods} pods of the gateway counts a part of them`;
    problems.requireWhole("limits.requestsPerMinute", requests, [pods, mostPerMinute], why);
    return part("requests", requests);
  }
  const all = tokens ?? 0;
  // Tokens are counted once they are written, and never below zero: a longer request would pass a smaller limit unnoticed.
  const why = `: each of the ${pods} pods of the gateway counts a part of them, and one request has up to ${contextTokens} (contextTokens)`;
  problems.requireWhole("limits.tokensPerMinute", all, [pods * contextTokens, mostPerMinute], why);
  return part("tokens", all);
}
