import { z } from "zod";
import { EnvironmentGroup, type EnvironmentGroupArgs } from "../../components/foundation/environment-group";
import type { PackagedComponents } from "../packaged-component";
import { scopeShape, whereShape } from "../shared-shapes";

/** What holds an environment. */
export const foundationRows: PackagedComponents = {
  "azure-gpu-cluster:foundation:EnvironmentGroup": {
    what: "Resource group",
    inputs: z.strictObject({ scope: whereShape }),
    wires: ["scope.tags.*"],
    outputs: z.object({ scope: scopeShape, groupName: z.string(), groupResourceId: z.string() }),
    make: (name, inputs: EnvironmentGroupArgs, opts) => {
      const component = new EnvironmentGroup(name, inputs, opts);
      const { group, plannedName, groupName, groupResourceId } = component;
      const scope = { ...inputs.scope, resourceGroupName: group.urn.apply(() => plannedName) };
      return { component, outputs: { scope, groupName, groupResourceId } };
    },
  },
};
