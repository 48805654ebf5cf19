import type { PolicyResource } from "../policies/rule";
import type { RecordedPlan } from "./recorded-plan";

/** Resources of a plan as the rules see them. */
export function policyResources({ resources }: RecordedPlan): PolicyResource[] {
  return resources.map(({ urn, type, name, inputs, options, parent }) => ({
    urn,
    type,
    name,
    parent,
    props: inputs,
    protect: options.protect === true,
    ignoreChanges: options.ignoreChanges ?? [],
  }));
}
