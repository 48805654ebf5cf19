import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { z } from "zod";
import type { Wire } from "./wires";

/** A component as other languages see it: a row for each. */
export interface PackagedComponent {
  /** What it is called in messages. */
  readonly what: string;
  /** Its inputs: the component's own shape, and what connects it. */
  readonly inputs: z.ZodObject;
  /** Inputs that may be known later: they connect things and decide nothing. */
  readonly wires: readonly Wire[];
  /**
   * Inputs that decide something and are outputs of other components, which know them before anything is made. All others without a wire
   * are plain values in every language that tells the two apart.
   */
  readonly references?: readonly string[];
  /** Its outputs. What is not optional is there always. */
  readonly outputs: z.ZodObject;
  readonly make: (name: string, inputs: never, opts: ComponentResourceOptions) => Made;
}

/** A component that was made, and its outputs by name. */
export interface Made {
  readonly component: ComponentResource;
  readonly outputs: Inputs;
}

/** Rows by the type that the component has in any language. */
export type PackagedComponents = Readonly<Record<string, PackagedComponent>>;
