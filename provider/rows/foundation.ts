import { z } from "zod";
import { powerActions } from "../../azure/power-actions";
import { AzurePolicies } from "../../components/foundation/azure-policies/azure-policies";
import { azurePoliciesShape } from "../../components/foundation/azure-policies/shape";
import { EnvironmentBudget } from "../../components/foundation/environment-budget/environment-budget";
import { environmentBudgetShape } from "../../components/foundation/environment-budget/shape";
import { EnvironmentGroup, type EnvironmentGroupArgs } from "../../components/foundation/environment-group";
import { EnvironmentHours } from "../../components/foundation/environment-hours/environment-hours";
import { environmentHoursShape } from "../../components/foundation/environment-hours/shape";
import { GroupLock } from "../../components/foundation/group-lock";
import { keysOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { scopeShape, scopeWires, whereShape } from "../shared-shapes";

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
  "azure-gpu-cluster:foundation:GroupLock": {
    what: "Lock of a resource group",
    inputs: z.strictObject({ groupResourceId: z.string(), notes: z.string() }),
    wires: ["groupResourceId"],
    outputs: z.object({}),
    make: makerOf(GroupLock),
  },
  "azure-gpu-cluster:foundation:EnvironmentBudget": {
    what: "Budget",
    inputs: z.strictObject({
      scope: scopeShape,
      ...environmentBudgetShape.shape,
      groupResourceId: z.string(),
      nodeResourceGroupName: z.string().exactOptional(),
    }),
    wires: [...scopeWires, "groupResourceId", "nodeResourceGroupName"],
    outputs: z.object({ budgetResourceId: z.string() }),
    make: makerOf(EnvironmentBudget, ({ budgetResourceId }) => ({ budgetResourceId })),
  },
  "azure-gpu-cluster:foundation:EnvironmentHours": {
    what: "Hours of an environment",
    inputs: z.strictObject({
      scope: scopeShape,
      ...environmentHoursShape.shape,
      switched: z.record(z.string(), z.strictObject({ type: z.enum(keysOf(powerActions)), resourceId: z.string() })),
    }),
    wires: [...scopeWires, "switched.*.resourceId"],
    outputs: z.object({ principalId: z.string() }),
    make: makerOf(EnvironmentHours, ({ principalId }) => ({ principalId })),
  },
  "azure-gpu-cluster:foundation:AzurePolicies": {
    what: "Azure Policy",
    inputs: z.strictObject({ scope: scopeShape, ...azurePoliciesShape.shape, groupResourceId: z.string() }),
    wires: [...scopeWires, "groupResourceId"],
    outputs: z.object({}),
    make: makerOf(AzurePolicies),
  },
};
