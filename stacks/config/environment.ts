import { z } from "zod";
import { mostUse, uses } from "../../catalog/prices/uses";
import { environmentHoursShape } from "../../components/foundation/environment-hours/shape";
import { environmentBudgetShape } from "../../components/foundation/environment-budget/shape";
import { keysOf, tableOf } from "../../core/records";

/** An amount of use: none, or any. */
const amount = z.number().min(0, "must not be negative").max(mostUse, `must be at most ${mostUse}`);

/** What the environment is and who pays. */
export const environmentSection = z.strictObject({
  /** Sets how strictly policies judge. A stack named dev, staging or prod, or dev-..., must agree. */
  kind: z.enum(["dev", "staging", "prod"]),
  /** Part of every physical name. Changing it replaces everything. */
  workload: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,7}$/, "must be 2 to 8 lowercase letters or digits and start with a letter")
    .default("gpu"),
  /** Tag: who answers for the environment. */
  owner: z.string().min(1, "must not be empty").max(256),
  /** Tag: who pays for it. */
  costCenter: z.string().min(1, "must not be empty").max(256),
  /** Tag: how sensitive the data is. */
  dataClass: z.enum(["public", "internal", "confidential"]).default("internal"),
  /** Refuse to destroy cluster, network and data. Default: true outside dev, and in a stack of layer `bootstrap`. */
  protect: z.boolean().exactOptional(),
  /**
   * Hours in which the whole environment is switched off, by nights, weekends or both: the cluster with all its nodes, scale sets and their
   * heads. What runs then ends. Not in prod, and not where `protect` is on.
   */
  off: environmentHoursShape.exactOptional(),
  /** A budget in Azure over all that the environment costs. One below what bills while nothing runs is refused. */
  budget: environmentBudgetShape.exactOptional(),
  /** USD that a month may cost when every pool is full: what is declared beyond it breaks the rule fin-monthly-ceiling. */
  ceilingUsdPerMonth: z.int().min(1, "must be a whole number of USD from 1").exactOptional(),
  /** Use that you expect of what bills by its use: then the preview adds its price to the bill. Else it tells the price of a unit. */
  expectedUse: z
    .strictObject(tableOf(keysOf(uses).map((use) => [use, amount.describe(uses[use].what).exactOptional()] as const)))
    .exactOptional(),
});
