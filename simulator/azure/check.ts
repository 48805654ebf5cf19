import { findArmType } from "../../azure/arm-types";
import { sdkType } from "../../azure/sdk-type";
import type { Props } from "../../core/property-value";
import type { CheckProblem } from "../plugin/check-response";

/** Every problem with the names of the inputs. Values are Azure's business. */
export function checkInputs(type: string, inputs: Props): CheckProblem[] {
  const shape = sdkType(type);
  // Another API version than the SDK's own: its properties are not known here.
  if (shape === undefined) return [];
  const unknown = Object.keys(inputs)
    .filter((it) => !shape.inputs.includes(it))
    .map((property) => ({ property, reason: `${type} has no input '${property}'` }));
  // The real provider makes up names that are left out. Here every name is a decision.
  const needed = new Set([...shape.required, ...(findArmType(type)?.names ?? [])]);
  const missing = [...needed]
    .filter((it) => inputs[it] === undefined || inputs[it] === null)
    .map((property) => ({ property, reason: `missing required property '${property}'` }));
  return [...unknown, ...missing];
}
