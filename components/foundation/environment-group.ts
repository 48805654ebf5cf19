import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";

export interface EnvironmentGroupArgs {
  readonly scope: Omit<Scope, "resourceGroupName">;
  /** Whether `destroy` is refused until protection is taken off. */
  readonly protect: boolean;
}

/** The resource group that holds an environment. Nothing of another environment is in it. Costs nothing. */
export class EnvironmentGroup extends ComponentResource {
  public readonly groupName: Output<string>;
  /** The scope that the environment's other components are given. */
  public readonly scope: Scope;

  public constructor(name: string, args: EnvironmentGroupArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:foundation:EnvironmentGroup", name, {}, opts);
    const { location, names, tags } = args.scope;
    const group = new ResourceGroup(
      name,
      { resourceGroupName: physicalName("rg", names), location, tags },
      { parent: this, protect: args.protect },
    );
    this.groupName = group.name;
    this.scope = { ...args.scope, resourceGroupName: group.name };
    this.registerOutputs({ groupName: this.groupName });
  }
}
