import type { AzurePoliciesPlan } from "../components/foundation/azure-policies/plan";
import type { Problems } from "../core/problems";

/** What an environment makes that policies of its own could refuse. */
export interface JudgedByPolicy {
  /** Whether the API server of its cluster is private. */
  readonly privateApiServer: boolean;
  /** Whether it has an account whose keys are allowed. */
  readonly accountKeys: boolean;
  /** Sizes of all machines, each with where it is asked for. */
  readonly sizes: readonly { readonly path: string; readonly size: string }[];
  /** Most nodes of each pool and scale set, each with where they are asked for. */
  readonly nodes: readonly { readonly path: string; readonly most: number }[];
}

/** Notes what policies of the environment would refuse of itself: the first `up` would stop half-way. */
export function checkAzurePolicy(plan: AzurePoliciesPlan, judged: JudgedByPolicy, problems: Problems): void {
  problems.require(
    judged.privateApiServer || !("privateApiServer" in plan.builtIn),
    "azurePolicy.privateApiServer",
    "must not be true beside a cluster whose API server is public: Azure would refuse or list it",
    { got: true, remedy: "Write cluster.apiServer: private, or leave it out" },
  );
  problems.require(
    !judged.accountKeys || !plan.denied.includes("accountKeys"),
    "azurePolicy.auditOnly.accountKeys",
    "must be given beside storage.blobIntegration, whose account has keys: Azure would refuse it",
    { remedy: "Write auditOnly: { accountKeys: <why> }" },
  );
  for (const { path, size } of judged.sizes)
    problems.require(plan.sizes?.includes(size) !== false, "azurePolicy.sizes", `must have the size of ${path}`, {
      got: plan.sizes,
      remedy: `Add ${size}`,
    });
  for (const { path, most } of judged.nodes)
    problems.require(
      plan.maxNodes === null || most <= plan.maxNodes,
      "azurePolicy.maxNodes",
      `must be at least the nodes of ${path}`,
      {
        got: plan.maxNodes,
        remedy: `Write ${most} or more`,
      },
    );
}
