import { environments } from "../../policies/engine/rule";
import { rules } from "../../policies/rules";
import type { Surface } from "./record";

/** Rules with their levels, and what may be set of each: `fin-max-gpus.maxGpus`. */
export function rulesSurface(): Surface {
  return new Map(
    rules.flatMap(({ name, id, levels, settings = [] }) => [
      [name, `${id}, ${environments.map((it) => `${levels[it]} in ${it}`).join(", ")}`] as const,
      ...settings.map((it) => [`${name}.${it.name}`, JSON.stringify(it.default)] as const),
    ]),
  );
}
