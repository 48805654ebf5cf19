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
  if (argument !== undefined) {
    const remedy = "Write a name of that form; az resource list prints those that there are";
    problems.require(fits, argument, `must be ${taken}`, { got: name, remedy });
    return;
  }
  const over = name.length - (rule.max ?? name.length);
  const remedy =
    over > 0
      ? `Shorten environment.workload, the name of the stack or that of the component by ${over} characters together`
      : "Make the name of the stack and that of the component of lowercase letters, digits and single hyphens";
  problems.require(fits, "name", `must lead to ${taken}`, { got: name, remedy });
}
