import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { checkName } from "../../azure/check-name";
import { claim } from "../../core/claim";
import { physicalName, roleOf } from "../../core/names";
import { Problems } from "../../core/problems";
import type { Scope } from "../../core/scope";

export interface EnvironmentGroupArgs {
  /** Where the environment is, what it is called and who pays. */
  readonly scope: Omit<Scope, "resourceGroupName">;
}

/**
 * The resource group that holds an environment. Nothing of another environment is in it. Costs nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class EnvironmentGroup extends ComponentResource {
  /** The Azure resource itself. */
  public readonly group: ResourceGroup;
  /** Name of the group, known before it is there. */
  public readonly plannedName: string;
  /** The same, known when it is there: what is given it waits for the group. */
  public readonly groupName: Output<string>;
  /** ARM ID of the group. */
  public readonly groupResourceId: Output<string>;
  /** The scope that the environment's other components are given. */
  public readonly scope: Scope;

  public constructor(name: string, args: EnvironmentGroupArgs, opts?: ComponentResourceOptions) {
    const { location, names, tags } = args.scope;
    const resourceGroupName = physicalName("rg", names, roleOf(name, "env"));
    const problems = new Problems();
    checkName("resources:ResourceGroup", resourceGroupName, problems);
    problems.throwIfAny(`Resource group '${name}'`);
    claim("Resource group", resourceGroupName);
    super("azure-gpu-cluster:foundation:EnvironmentGroup", name, {}, opts);

    const group = new ResourceGroup(name, { resourceGroupName, location, tags }, { parent: this });
    this.group = group;
    this.plannedName = resourceGroupName;
    this.groupName = group.name;
    this.groupResourceId = group.id;
    this.scope = { ...args.scope, resourceGroupName: group.name };
    this.registerOutputs({ groupName: this.groupName });
  }
}
