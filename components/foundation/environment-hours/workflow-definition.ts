import { powerActions, type Switchable } from "../../../azure/power-actions";
import { findCloud } from "../../../catalog/clouds";
import type { WeeklyTime } from "../../../catalog/off-hours";

/** Something that is switched. */
export interface Switched {
  readonly type: Switchable;
  /** ARM ID. */
  readonly resourceId: string;
}

/** A trigger of a workflow that fires at the times of a schedule. */
export interface Recurrence {
  readonly frequency: "Week";
  readonly interval: 1;
  readonly timeZone: string;
  readonly startTime: string;
  readonly schedule: {
    readonly weekDays: readonly string[];
    readonly hours: readonly number[];
    readonly minutes: readonly number[];
  };
}

/**
 * The times of a schedule as Logic Apps takes them.
 * Source: MicrosoftDocs/azure-docs:articles/connectors/connectors-native-recurrence.md (2022-06-01)
 */
export function recurrence({ days, hour, minute }: WeeklyTime, windowsZone: string): Recurrence {
  return {
    frequency: "Week",
    interval: 1,
    timeZone: windowsZone,
    // In the past, and without a Z, by which the time zone would count for nothing. Without one it fires as soon as it is made, and the
    // environment would go off in the middle of its first `up`.
    startTime: "2026-01-01T00:00:00",
    schedule: { weekDays: days, hours: [hour], minutes: [minute] },
  };
}

/** Tries of one switch, and minutes between them: a cluster that is being upgraded refuses, and capacity may come back. */
const tries = { count: 12, waitMinutes: 10 } as const;

/**
 * A definition in the language of workflows: at each time it switches everything at once, and tries what is refused again for two hours.
 * The answer 202 is followed to its end by Logic Apps.
 * Source: MicrosoftDocs/azure-docs:articles/logic-apps/logic-apps-workflow-actions-triggers.md (Http, Until, Wait, Recurrence),
 * logic-apps-securing-a-logic-app.md (ManagedServiceIdentity)
 */
export function workflowDefinition(
  which: "off" | "on",
  when: Recurrence,
  switched: Readonly<Record<string, Switched>>,
  identityResourceId: string,
): object {
  const actions = Object.entries(switched).map(([name, it]) => [
    `switch-${name}`,
    {
      type: "Until",
      runAfter: {},
      actions: {
        [name]: switchAction(which, it, identityResourceId),
        [`wait-${name}`]: {
          type: "Wait",
          runAfter: { [name]: ["Failed", "TimedOut"] },
          inputs: { interval: { count: tries.waitMinutes, unit: "Minute" } },
        },
      },
      expression: `@equals(actions('${name}')?['status'], 'Succeeded')`,
      limit: { count: tries.count, timeout: `PT${(tries.count * tries.waitMinutes) / 60}H` },
    },
  ]);
  return {
    $schema:
      "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    triggers: { hours: { type: "Recurrence", recurrence: when } },
    actions: Object.fromEntries(actions) as object,
  };
}

function switchAction(which: "off" | "on", { type, resourceId }: Switched, identity: string): object {
  const row = powerActions[type];
  const { resourceManager = "" } = findCloud("public") ?? {};
  return {
    type: "Http",
    runAfter: {},
    inputs: {
      method: "POST",
      uri: `${resourceManager}${resourceId}/${row[which]}?api-version=${row.apiVersion}`,
      authentication: { type: "ManagedServiceIdentity", identity, audience: resourceManager },
    },
  };
}
