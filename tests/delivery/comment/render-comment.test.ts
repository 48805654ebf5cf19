import { expect, it } from "vitest";
import { commentMarker, renderComment } from "../../../delivery/comment/render-comment";
import { type PlanContent, sealPlan } from "../../../delivery/saved-plan";

const urn = (type: string, name: string): string => `urn:pulumi:dev::azure-gpu-cluster::azure-native:${type}::${name}`;
const content: PlanContent = {
  version: 1,
  ...{ stack: "dev", commit: "a".repeat(40), dirty: false, makers: ["ben@example.com"] },
  ...{ subscriptionId: null, pulumi: "3.246.0", files: "b".repeat(64), state: "c".repeat(64) },
  steps: [
    { urn: urn("containerservice:AgentPool", "h100"), op: "replace", changed: ["vmSize"], inputs: "d".repeat(64) },
    { urn: urn("storage:StorageAccount", "data"), op: "delete", changed: [], inputs: "e".repeat(64) },
  ],
  findings: [{ rule: "st-tls12", level: "mandatory", urn: urn("storage:StorageAccount", "data"), message: "too old" }],
  versions: {
    ...{ lock: "2026.12", retiredOn: "2027-12-31", before: "2026.10" },
    moves: [
      { urn: urn("containerservice:AgentPool", "h100"), path: "orchestratorVersion", before: "1.36", after: "1.37" },
      { urn: urn("containerservice:ManagedCluster", "aks"), path: "kubernetesVersion", before: null, after: "1.37" },
    ],
  },
  bill: {
    before: { idleUsdPerMonth: 100, fullUsdPerMonth: 1000 },
    after: { idleUsdPerMonth: 90.4, fullUsdPerMonth: 2000 },
  },
  quota: [{ family: "standardNDSH100v5Family", region: "eastus", before: 96, after: 192 }],
};

it("says what matters first: what is forbidden and lost, then bill, quota, replacements and policies", () => {
  expect(renderComment([sealPlan(content)], ["dev", "staging"], "https://example.com/run/1")).toMatchInlineSnapshot(`
    "<!-- azure-gpu-cluster plan -->

    ### staging: no plan

    > [!CAUTION]
    > It could not be planned. The log of its job says why.

    ### dev: 2 steps

    > [!CAUTION]
    > - **forbidden** by 1 mandatory finding: it cannot be applied
    > - **takes away data or a cluster**: delete \`StorageAccount\` \`data\`

    | USD a month | before | after | change |
    | --- | --- | --- | --- |
    | with the fewest nodes | 100 | 90 | -10 |
    | with the most | 1,000 | 2,000 | +1,000 |

    | quota, vCPUs | region | before | after |
    | --- | --- | --- | --- |
    | standardNDSH100v5Family | eastus | 96 | 192 |

    Lock of versions: 2026.10 -\\> 2026.12, retired on 2027-12-31

    **Versions that move** (2)

    - \`AgentPool h100\` \`orchestratorVersion\`: \`1.36\` -> \`1.37\`
    - \`ManagedCluster aks\` \`kubernetesVersion\`: none -> \`1.37\`

    **Replaced** (1)

    - replace \`AgentPool\` \`h100\`: \`vmSize\`

    **Policies** (1)

    - mandatory \`st-tls12\` on \`data\`: too old

    <details><summary>All steps</summary>

    - replace \`AgentPool\` \`h100\`: \`vmSize\`
    - delete \`StorageAccount\` \`data\`

    </details>

    Plan \`258a345dc999c531a205e89c72f814f023aa369b240e66aefbf507d3749c7bd7\` of commit \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`

    Made by <https://example.com/run/1>
    "
  `);
});

it("is never longer than a forge takes, and says that it is cut", () => {
  const step = (at: number): PlanContent["steps"][number] => ({
    ...{ urn: urn("storage:StorageAccount", `data${at}`), op: "delete", changed: [], inputs: "e".repeat(64) },
  });
  const plan = sealPlan({ ...content, steps: Array.from({ length: 2000 }, (_, at) => step(at)) });
  const text = renderComment([plan], [], null);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/^<!-- azure-gpu-cluster plan -->/);
  expect(text).toMatch(/Cut off here/);
  expect(text.startsWith(commentMarker)).toBe(true);
});
