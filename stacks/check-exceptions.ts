import type { Problems } from "../core/problems";
import type { Environment } from "./environment";

/** Sections of the platform whose rules let namespaces pass for a time. */
export const excepting = ["teamFence", "clusterGuard"] as const;

/**
 * Whether what the fence and the guard let pass for a time is still in its time. Nothing in the cluster ends an exception by itself, so a
 * file with one that is over is refused.
 */
export function checkExceptions(
  { platform, today }: Pick<Environment, "platform" | "today">,
  problems: Problems,
): void {
  for (const section of excepting) {
    const { exceptions = [] } = platform[section] || {};
    for (const [at, { namespace, rule, expires }] of exceptions.entries()) {
      problems.require(
        today === null || expires >= today,
        `platform.${section}.exceptions[${at}].expires`,
        `must not be before ${today}: the exception of ${namespace} from ${rule} is over`,
        { got: expires, remedy: "Remove the exception, or say another day if its reason still holds" },
      );
    }
  }
}
