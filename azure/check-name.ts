import type { Problems } from "../core/problems";
import { allowsName, describeRule } from "./name-rule";
import { nameRuleOf } from "./rows";

/**
 * Notes a problem unless Azure takes a physical name for a type.
 * @param argument Argument that holds the name as it is. Without one the name is made of parts, which are the user's to
 * change.
 */
export function checkName(token: string, name: string, problems: Problems, argument?: string): void {
  const rule = nameRuleOf(`azure-native:${token}`);
  if (rule === null) return;
  const taken = `a name that Azure takes for ${token}: ${describeRule(rule)}`;
  const fits = allowsName(rule, name);
  if (argument !== undefined) problems.require(fits, argument, `must be ${taken}`, { got: name });
  else {
    const remedy = "Shorten the name of the component, the environment or the workload";
    problems.require(fits, "name", `must lead to ${taken}`, { got: name, remedy });
  }
}
