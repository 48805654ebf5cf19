import type { Problems } from "../core/problems";
import type { Environment } from "./environment";

/**
 * Whether what the fence lets pass for a time is still in its time. Nothing in the cluster ends an exception by itself, so a file with
 * one that is over is refused.
 */
export function checkExceptions(
  { platform, today }: Pick<Environment, "platform" | "today">,
  problems: Problems,
): void {
  for (const [at, { namespace, rule, expires }] of (platform.teamFence?.exceptions ?? []).entries()) {
    problems.require(
      today === null || expires >= today,
      `platform.teamFence.exceptions[${at}].expires`,
      `must not be before ${today}: the exception of ${namespace} from ${rule} is over`,
      { got: expires, remedy: "Remove the exception, or say another day if its reason still holds" },
    );
  }
}
