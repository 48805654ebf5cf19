import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fabricProfile } from "../../catalog/fabric-profile";
import { gpuStackRows } from "../../catalog/gpu-stacks";
import { type GpuStack, gpuStacks, type VmSize } from "../../catalog/vm-size";
import { vmSizes } from "../../catalog/vm-sizes";
import { planGpuPool } from "../../components/cluster/gpu-pool/plan";
import type { GpuPoolRef } from "../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns } from "../../components/platform/add-ons";
import { planPlatform } from "../../components/platform/plan-platform";
import { teamKindNames } from "../../components/tenancy/kinds/team-kinds";
import { planTeamQuota } from "../../components/tenancy/team-namespace/quota";
import { describeProblem, MisconfiguredError } from "../../core/problems";
import { record } from "../../core/property-tree";
import { place } from "../recorded";

/**
 * What the word `gpuStack` decides, for every size that AKS runs: one file a size, with the pool, the values of the operators, what a
 * pod asks for and what quotas count by; or the words of the refusal.
 */
const sizes = [...vmSizes.values()].filter(
  ({ gpu, aks, lifecycle }) => gpu !== null && aks !== null && lifecycle.state !== "retired",
);
const folder = path.join(__dirname, "stacks");

/** A decision, or what it is refused for. */
function orRefusal(decide: () => Lines): Lines {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    return { refused: error.problems.map(describeProblem) };
  }
}

/** Decisions by what they are about. */
type Lines = Readonly<Record<string, unknown>>;

function decided(size: VmSize, gpuStack: GpuStack, rdma: "dranet" | null): Lines {
  // From zero where that is possible: then it is told to the autoscaler what a node would have. Of claims it cannot be told.
  const fromZero = size.aks?.autoscale === true && rdma === null;
  const counts = fromZero ? { maxNodes: 2 } : { nodes: size.infiniband?.rackNodes ?? 2 };
  const shape = { size: size.name, gpuStack, ...counts, ...(rdma !== null && { rdma }) };
  const plan = planGpuPool("pool", shape, { ...place, location: "" });
  const [first] = plan.agentPools;
  const { gpuProfile, nodeLabels, nodeTaints, enableAutoScaling } = first?.body ?? {};
  return {
    ...under("pool", { gpuProfile, nodeLabels, nodeTaints, enableAutoScaling, tags: first?.tags, notes: plan.notes }),
    ...under("fabric", fabricProfile(plan.ref)),
    ...orRefusal(() => operators(plan.ref)),
    ...Object.fromEntries(
      teamKindNames.flatMap((kind) =>
        Object.entries(
          under(
            `quota.${kind}`,
            orRefusal(() => quotaKeys(kind, plan.ref)),
          ),
        ),
      ),
    ),
  };
}

function under(head: string, lines: object): Lines {
  return Object.fromEntries(Object.entries(lines).map(([key, value]) => [`${head}.${key}`, value]));
}

/** Values and objects that pools decide. The rest is the same for all, and in the tests of the operators. */
function operators(pool: GpuPoolRef): Lines {
  const choices = {
    ...(gpuStackRows[pool.gpuStack].devicePlugin === "gpuOperator" && { gpuOperator: {} }),
    ...(pool.rdmaResource !== null && pool.rdma !== "dranet" && { networkOperator: {} }),
  };
  const { addOns: planned } = planPlatform(addOns, choices, { kubernetesVersion: "1.36", pools: [pool] });
  const { driver, toolkit, operator, migManager } = record(
    planned.find(({ key }) => key === "gpuOperator"),
    "release.values",
  );
  const [policy] = Object.values(planned.find(({ key }) => key === "networkOperator")?.objects ?? {});
  return {
    ...("gpuOperator" in choices && under("gpuOperator", { driver, toolkit, operator, migManager })),
    ...(policy !== undefined && under(policy.kind, record(policy, "spec"))),
  };
}

function quotaKeys(kind: (typeof teamKindNames)[number], pool: GpuPoolRef): Lines {
  const beside = { cpu: 0, memoryGiB: 0, ephemeralGiB: 0, pods: 0 };
  const quota = planTeamQuota({ kind, pool, gpus: pool.gpusPerNode, beside }, []);
  return Object.fromEntries(Object.entries(quota).filter(([key]) => /^requests\.(?!storage|ephemeral)|\.deviceclass\./.test(key)));
}

/** A line for each decision, which is also YAML. */
function written(size: VmSize): string {
  const claiming = size.infiniband === null ? [] : gpuStacks.map((stack) => [stack, "dranet"] as const);
  return [...gpuStacks.map((stack) => [stack, null] as const), ...claiming]
    .map(([stack, rdma]) => {
      const lines = Object.entries(orRefusal(() => decided(size, stack, rdma)));
      return [`${rdma === null ? stack : `${stack}, rdma ${rdma}`}:`, ...lines.map(([key, value]) => `  ${key}: ${JSON.stringify(value ?? null)}`)].join("\n");
    })
    .join("\n");
}

describe("gpuStack", () => {
  it.each(sizes)("decides for $name what its golden says (npm run goldens after an intended change)", async (size) => {
    await expect(`${written(size)}\n`).toMatchFileSnapshot(path.join(folder, `${size.name}.yaml`));
  });

  it("has no golden of a size that is not there", () => {
    const names = sizes.map(({ name }) => `${name}.yaml`);
    expect(readdirSync(folder).filter((it) => !names.includes(it))).toEqual([]);
  });
});
