import { describe, expect, it } from "vitest";
import { fabricProfile, type FabricProfile } from "../../../../catalog/fabric-profile";
import { labels } from "../../../../catalog/scheduling";
import { vmSizes } from "../../../../catalog/vm-sizes";
import { planGpuPool } from "../../../../components/cluster/gpu-pool/plan";
import { place } from "../../../recorded";
import { imaginedNode, type ImaginedNode } from "./imagined-node";

/** Every size that may grow from zero, with each stack that it may have. */
const growing = [...vmSizes.values()].flatMap((size) =>
  size.lifecycle.state === "retired" || size.gpu === null || size.aks?.autoscale !== true
    ? []
    : size.aks.gpuStacks.map((gpuStack) => [size.name, gpuStack, size] as const),
);

function planned([name, gpuStack, size]: (typeof growing)[number]) {
  const domains = size.infiniband === null ? {} : { domains: 2 };
  const shape = { size: name, gpuStack, minNodes: 0, maxNodes: 2, ...domains };
  return planGpuPool("pool", shape, { ...place, location: "" });
}

/** What keeps a pod of a profile off a node, as the scheduler sees it. */
function whyNot({ resources, nodeSelector, tolerations }: FabricProfile, node: ImaginedNode): string[] {
  const lacking = Object.entries(resources).filter(([name, wanted]) => amount(wanted) > (node.allocatable[name] ?? 0));
  const other = Object.entries(nodeSelector).filter(([key, value]) => node.labels[key] !== value);
  const forbidden = node.taints.filter(
    ({ key, effect }) => !tolerations.some((it) => it.key === key && (it.effect ?? effect) === effect),
  );
  return [...lacking, ...other].map(([key]) => key).concat(forbidden.map(({ key }) => key));
}

function amount(quantity: string): number {
  return quantity.endsWith("Gi") ? Number(quantity.slice(0, -2)) * 2 ** 30 : Number(quantity);
}

describe("an empty pool", () => {
  it.each(growing)("of %s with %s is woken by a pod that takes a whole node, in each of its domains", (...row) => {
    const { agentPools, ref } = planned(row);
    const [, , size] = row;
    expect(agentPools).toHaveLength(size.infiniband === null ? 1 : 2);
    for (const pool of agentPools) {
      expect(pool.body).toMatchObject({ enableAutoScaling: true, minCount: 0 });
      expect(whyNot(fabricProfile(ref), imaginedNode(size, pool))).toEqual([]);
    }
  });

  it.each(growing.filter(([, , { infiniband }]) => infiniband !== null))(
    "of %s with %s is woken by its tags, and a gang in one domain by its labels",
    (...row) => {
      const { agentPools, ref } = planned(row);
      const [, , size] = row;
      const nodes = agentPools.map((pool) => imaginedNode(size, pool));
      expect(nodes.map((it) => it.labels[labels.infinibandDomain])).toEqual(["poold1", "poold2"]);
      for (const pool of agentPools) {
        const untold = imaginedNode(size, { ...pool, tags: {} });
        const unknown = size.gpu?.vendor === "amd" ? ["amd.com/gpu", "rdma/ib"] : ["rdma/ib"];
        expect(whyNot(fabricProfile(ref), untold)).toEqual(unknown);
      }
    },
  );

  it("is not woken by a pod of another pool, or by one that does not tolerate its taint", () => {
    const [row] = growing;
    if (row === undefined) throw new Error("no size grows");
    const { agentPools, ref } = planned(row);
    const profile = fabricProfile(ref);
    const [pool] = agentPools;
    if (pool === undefined) throw new Error("no pool");
    const node = imaginedNode(row[2], pool);
    expect(whyNot({ ...profile, nodeSelector: { [labels.pool]: "other" } }, node)).toEqual([labels.pool]);
    expect(whyNot({ ...profile, tolerations: [] }, node)).toEqual(["nvidia.com/gpu"]);
  });
});
