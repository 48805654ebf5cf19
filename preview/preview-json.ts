import type { Preview } from "./preview";
import type { PlannedResource } from "../core/planned-resource";
import type { Summary } from "./summary/summary";

/** The shape of `pulumi preview --json`, so that one tool reads both, with a summary added. */
export interface PreviewJson {
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly PreviewStep[];
  readonly duration: number;
  readonly changeSummary: { readonly create: number };
  readonly summary: Summary & Pick<Preview, "findings" | "notes" | "fetches" | "copies" | "checkpoints">;
}

interface PreviewStep {
  readonly op: "create";
  readonly urn: string;
  readonly newState: Readonly<Record<string, unknown>>;
}

/** @param durationNs Time that the planning took, in nanoseconds, as the Pulumi CLI counts. */
export function previewJson(
  { plan, environment, summary, findings, notes, fetches, copies, checkpoints }: Preview,
  durationNs: number,
): PreviewJson {
  return {
    config: { "azure-native:location": environment.location },
    steps: plan.resources.map((resource) => ({ op: "create", urn: resource.urn, newState: newState(resource) })),
    duration: durationNs,
    changeSummary: { create: plan.resources.length },
    summary: { ...summary, findings, notes, fetches, copies, checkpoints },
  };
}

function newState({
  urn,
  type,
  custom,
  parent,
  provider,
  inputs,
  outputs,
  dependencies,
  propertyDependencies,
  options,
}: PlannedResource): Readonly<Record<string, unknown>> {
  return {
    urn,
    custom,
    type,
    inputs,
    ...(!custom && { outputs }),
    ...(parent !== "" && { parent }),
    ...(provider !== "" && { provider }),
    ...(dependencies.length > 0 && { dependencies }),
    ...(Object.keys(propertyDependencies).length > 0 && { propertyDependencies }),
    ...options,
  };
}
