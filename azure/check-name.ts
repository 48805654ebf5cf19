import type { Problems } from "../core/problems";
import { findArmType } from "./arm-id";

/** Notes a problem unless Azure takes a physical name for a type. The parts that it is made of are the user's to change. */
export function checkName(token: string, name: string, problems: Problems): void {
  const rule = findArmType(`azure-native:${token}`)?.name ?? null;
  if (rule === null) return;
  problems.require(
    name.length >= rule.min && name.length <= rule.max && rule.pattern.test(name),
    "name",
    `must lead to a name that Azure takes for ${token}: ${rule.min} to ${rule.max} characters that match ${rule.pattern.source}`,
    { got: name, remedy: "Shorten the name of the component, the environment or the workload" },
  );
}
