import type { ComponentResource, ComponentResourceOptions, Inputs, Resource } from "@pulumi/pulumi";
import type { Made } from "./packaged-component";

/**
 * The making of a component whose inputs are the arguments of its class.
 * @param outputsOf Its outputs by name.
 */
export function makerOf<Args, Component extends ComponentResource>(
  Class: new (name: string, args: Args, opts: ComponentResourceOptions) => Component,
  outputsOf: (component: Component) => Inputs = () => ({}),
): (name: string, args: Args, opts: ComponentResourceOptions) => Made {
  return (name, args, opts) => {
    const component = new Class(name, args, opts);
    return { component, outputs: outputsOf(component) };
  };
}

/** What a program says a component depends on, for classes that hand it on to what they make: a component keeps it to itself. */
export function dependenciesOf({ dependsOn = [] }: ComponentResourceOptions): readonly Resource[] {
  // The SDK makes a list of resources of what the engine tells a provider.
  return [dependsOn].flat() as Resource[];
}
