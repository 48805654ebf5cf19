import path from "node:path";

/** Root of the project. */
export const root = path.join(__dirname, "..");

/** Day that tests judge versions on: results must not change with the calendar. */
export const today = "2026-11-21";

/** Every stack file that ships, by name. */
export const shippedStacks = {
  dev: path.join(root, "stacks/Pulumi.dev.yaml"),
  staging: path.join(root, "stacks/Pulumi.staging.yaml"),
  prod: path.join(root, "stacks/Pulumi.prod.yaml"),
  "cell-4k": path.join(root, "examples/cell-4k/Pulumi.cell-4k.yaml"),
} as const;
export type ShippedStack = keyof typeof shippedStacks;

/** Names of all of them, for tables. */
export const shippedStackNames: readonly ShippedStack[] = ["dev", "staging", "prod", "cell-4k"];
