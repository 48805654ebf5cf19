import type { z } from "zod";
import { offHoursShape } from "../../../catalog/off-hours-shape";

/** Hours in which an environment is switched off: its cluster with all nodes, its scale sets and their heads. */
export const environmentHoursShape = offHoursShape;
export type EnvironmentHoursShape = z.input<typeof environmentHoursShape>;
