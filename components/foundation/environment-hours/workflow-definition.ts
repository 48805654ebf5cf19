import { powerActions, type Switchable } from "../../../azure/power-actions";
import { publicCloud } from "../../../catalog/clouds";
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

/** Hours after which a switch is given up: two of waits, and the calls between them. */
export const longestHours = 3;

/**
 * A definition in the language of workflows: at each time it switches everything at once, looks after ten minutes whether it became so, and
 * tries what did not again for two hours.
 *
 * The answer 202 is not followed: the address of an operation lies beside the thing, and who has a role on the thing alone may begin an
 * operation and not ask after it. The thing itself may be read.
 * Sources: MicrosoftDocs/azure-docs:articles/logic-apps/logic-apps-workflow-actions-triggers.md (2021-07-19: Http, Until, Wait, Recurrence,
 * DisableAsyncPattern), workflow-definition-language-functions-reference.md (2023-04-07), logic-apps-securing-a-logic-app.md (2023-07-06:
 * ManagedServiceIdentity), https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations (2024-01-04: permission to track async status)
 */
export function workflowDefinition(
  which: "off" | "on",
  when: Recurrence,
  switched: Readonly<Record<string, Switched>>,
  identityResourceId: string,
): object {
  const { resourceManager } = publicCloud;
  const request = (method: "POST" | "GET", below: string, { type, resourceId }: Switched, query = ""): object => ({
    method,
    uri: `${resourceManager}${resourceId}${below}?api-version=${powerActions[type].apiVersion}${query}`,
    // By the letter: with the slash.
    authentication: {
      type: "ManagedServiceIdentity",
      identity: identityResourceId,
      audience: `${resourceManager}/`,
    },
  });
  const actions = Object.entries(switched).map(([name, it]) => {
    const { [which]: action, state, is } = powerActions[it.type];
    return [
      `switch-${name}`,
      {
        type: "Until",
        runAfter: {},
        actions: {
          [name]: {
            type: "Http",
            runAfter: {},
            inputs: request("POST", `/${action}`, it),
            operationOptions: "DisableAsyncPattern",
          },
          // It may have been refused because it is so already.
          [`wait-${name}`]: {
            type: "Wait",
            runAfter: { [name]: ["Succeeded", "Failed", "TimedOut"] },
            inputs: { interval: { count: tries.waitMinutes, unit: "Minute" } },
          },
          [`state-${name}`]: {
            type: "Http",
            runAfter: { [`wait-${name}`]: ["Succeeded"] },
            inputs: request("GET", state.path, it, state.query),
          },
        },
        expression: `@and(equals(actions('state-${name}')?['status'], 'Succeeded'), ${is[which](`body('state-${name}')`)})`,
        limit: { count: tries.count, timeout: `PT${longestHours}H` },
      },
    ];
  });
  return {
    $schema:
      "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    triggers: { hours: { type: "Recurrence", recurrence: when } },
    actions: Object.fromEntries(actions) as object,
  };
}
