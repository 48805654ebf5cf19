import { findArmType } from "./arm-types";
import { hasDeleteRight, rightOf } from "./arm-right";
import { linkedAction, linkedTypes } from "./linked-actions";
import { rows } from "./rows";

/** What can be done with all that this project registers, in the words of a role. Nothing that gives rights is among it. */
export interface TypeActions {
  /** Makes, changes and deletes, and names what there is. */
  readonly changes: readonly string[];
  /** What the program asks of the provider besides, and no reader may. */
  readonly asks: readonly string[];
}

const endpointType = "Microsoft.Network/privateEndpoints";

/** Actions of every type with a row, without wildcards: whoever gives them gives no more than there is to do. */
export function typeActions(): TypeActions {
  const changes = new Set<string>();
  const asks = new Set<string>();
  const known = [...rows].flatMap(([token, row]) => {
    const arm = findArmType(token)?.arm;
    return arm === undefined ? [] : [{ arm, row }];
  });
  const makers = known.map(({ arm }) => arm);
  for (const { arm, row } of known) {
    // Roles, their definitions and locks are rights of their own: whoever may write one could write any.
    if (arm.startsWith("Microsoft.Authorization/")) continue;
    changes.add(`${rightOf(arm)}/write`);
    if (!row.comesWithParent && hasDeleteRight(arm)) changes.add(`${rightOf(arm)}/delete`);
    for (const { action } of Object.values(row.functions ?? {}))
      if (action !== null && !action.endsWith("/read")) asks.add(action);
    if (row.privateEndpoints !== null) changes.add(linkedAction(arm, endpointType) ?? "");
  }
  for (const named of linkedTypes)
    // What an endpoint leads to is asked above: of a type without endpoints there is no such right, and Azure refuses a role that names it.
    for (const by of makers.filter((it) => it !== endpointType || named.startsWith("Microsoft.Network/"))) {
      const action = linkedAction(named, by);
      if (action !== undefined) changes.add(action);
    }
  return { changes: [...changes].filter((it) => it !== "").sort(), asks: [...asks].sort() };
}
