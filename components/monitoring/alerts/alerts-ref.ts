import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { severities } from "../alert-rows";

/** Where alerts go: what whoever declares one has to know. */
export const alertsRef = z.object({
  /** ARM ID of the action group: budgets and alerts of others name it. */
  actionGroupResourceId: z.string(),
  /** The least severe alerts that are sent there. Plain: it decides what rules say. */
  leastSevere: z.literal(severities),
});

/** The same as rules read it. */
export interface AlertRoute extends Readonly<Omit<z.output<typeof alertsRef>, "actionGroupResourceId">> {
  /** ARM ID of the action group. */
  readonly actionGroupResourceId: Input<string>;
}
