import { z } from "zod";
import { distinct } from "../../../core/distinct";

/** Most addresses that one notification of a budget goes to. */
const mostContacts = 50;

/** A budget of an environment: Azure tells people when its cost nears an amount. It stops nothing. */
export const environmentBudgetShape = z.strictObject({
  /** USD that the environment may cost in a month, nodes of the cluster included. Changed in place. */
  usdPerMonth: z.int().min(1, "must be a whole number of USD from 1"),
  /** Addresses that are written to: at each part of the amount that is reached, and when the month is expected to go over it. */
  contacts: distinct(
    z
      .array(z.email("must be an e-mail address"))
      .min(1, "must name at least one address: a budget that nobody hears of does nothing")
      .max(mostContacts, `must name at most ${mostContacts} addresses`),
    "must name each address once",
  ),
  /** Parts of the amount at which somebody is told that it is spent, in per cent, at most four. */
  tellAtPercent: distinct(
    z
      .array(z.int().min(1, "must be at least 1 per cent").max(1000, "must be at most 1000 per cent"))
      .min(1, "must name at least one part")
      .max(4, "must name at most four parts: Azure takes five notifications, and one tells of the month to come"),
    "must name each part once",
  ).default([50, 80, 100]),
});
export type EnvironmentBudgetShape = z.input<typeof environmentBudgetShape>;
