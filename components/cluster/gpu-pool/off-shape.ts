import { z } from "zod";
import { offHoursShape } from "../../../catalog/off-hours-shape";

/** Hours in which a pool has no nodes. */
export const offShape = offHoursShape.extend({
  /**
   * What becomes of jobs that run when it begins: `finish` lets them end and starts none, `stop` stops them, and they queue anew for the
   * end of it. A job that is stopped needs checkpoints, or begins from nothing. Default: finish.
   */
  jobs: z.enum(["finish", "stop"]).exactOptional(),
});
