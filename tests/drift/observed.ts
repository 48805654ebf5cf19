import type { Props } from "../../azure/arm-row";
import type { Observation } from "../../drift/observation";

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-gpu-dev/providers/Microsoft.X/xs";

/** One resource as a look found it: as the state has it, but for what is given. */
export function observed(type: string, more: Partial<Observation> & { readonly name?: string } = {}): Observation {
  const { name = "it" } = more;
  return {
    urn: `urn:pulumi:dev::azure-gpu-cluster::azure-gpu-cluster:x:X$${type}::${name}`,
    type,
    name,
    id: type.startsWith("kubernetes:") ? `team/${name}` : `${group}/${name}`,
    parent: "urn:pulumi:dev::azure-gpu-cluster::azure-gpu-cluster:x:X::x",
    custom: true,
    protect: false,
    found: "changed",
    before: { inputs: {}, outputs: {} },
    after: { inputs: {}, outputs: {} },
    wouldDo: {},
    ...more,
  };
}

/** One whose inputs somebody changed, as the engine tells it: outputs follow, and an update would change each path back. */
export function changed(
  type: string,
  before: Props,
  after: Props,
  more: Partial<Observation> & { readonly name?: string } = {},
): Observation {
  return observed(type, {
    before: { inputs: before, outputs: before },
    after: { inputs: after, outputs: after },
    wouldDo: Object.fromEntries(
      [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => [key, "update" as const]),
    ),
    ...more,
  });
}

/** One that is not there any more. */
export function gone(type: string, more: Partial<Observation> & { readonly name?: string } = {}): Observation {
  return observed(type, { found: "gone", after: null, ...more });
}
