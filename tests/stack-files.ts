import path from "node:path";

/** Root of the project. */
export const root = path.join(__dirname, "..");

/** Day that tests judge versions on: results must not change with the calendar. */
export const today = "2026-11-21";

/** Every stack file that ships, by name. */
export const shippedStacks = {
  bootstrap: path.join(root, "stacks/Pulumi.bootstrap.yaml"),
  dev: path.join(root, "stacks/Pulumi.dev.yaml"),
  staging: path.join(root, "stacks/Pulumi.staging.yaml"),
  "staging-workloads": path.join(root, "stacks/Pulumi.staging-workloads.yaml"),
  prod: path.join(root, "stacks/Pulumi.prod.yaml"),
  "prod-workloads": path.join(root, "stacks/Pulumi.prod-workloads.yaml"),
  "cell-4k": path.join(root, "examples/cell-4k/Pulumi.cell-4k.yaml"),
  "cell-4k-workloads": path.join(root, "examples/cell-4k/Pulumi.cell-4k-workloads.yaml"),
  everything: path.join(root, "examples/everything/Pulumi.everything.yaml"),
} as const;
export type ShippedStack = keyof typeof shippedStacks;

/**
 * The least of an environment, with the names of those that ship: for tests that change a word of a file and look at what becomes of it,
 * which is none of the business of the teams that somebody ships next.
 */
export const plainStacks = {
  dev: path.join(root, "tests/plain/Pulumi.dev.yaml"),
  staging: path.join(root, "tests/plain/Pulumi.staging.yaml"),
  "staging-workloads": path.join(root, "tests/plain/Pulumi.staging-workloads.yaml"),
  // Has no teams: they are in prod-workloads.
  prod: shippedStacks.prod,
  bootstrap: shippedStacks.bootstrap,
} as const;

/** Names of all that ship, for tables. */
export const shippedStackNames: readonly ShippedStack[] = [
  "bootstrap",
  "dev",
  "staging",
  "staging-workloads",
  "prod",
  "prod-workloads",
  "cell-4k",
  "cell-4k-workloads",
  "everything",
];
