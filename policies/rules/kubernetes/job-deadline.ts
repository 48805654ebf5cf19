import { isCount } from "../../engine/expect";
import type { Setting } from "../../engine/setting";

/** Seconds that a job may run. @default 30 days */
export const jobDeadline: Setting<number> = {
  name: "jobDeadlineSeconds",
  schema: { type: "integer", minimum: 1, description: "Seconds that a job may run at most." },
  default: 30 * 24 * 3600,
  accepts: (given): given is number => isCount(given, 1, Number.MAX_SAFE_INTEGER),
};
