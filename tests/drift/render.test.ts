import { expect, it } from "vitest";
import { judgeChange } from "../../drift/judge-change";
import { renderMarkdown } from "../../drift/render-markdown";
import { readMarker, reportMarker } from "../../drift/report-marker";
import { renderText } from "../../drift/render-text";
import { type DriftReport, exitCodeOf, type StackReport, type ToldDrift } from "../../drift/report";
import { changed, gone } from "./observed";

const usd = (
  idleUsdPerMonth: number,
  fullUsdPerMonth: number,
): { idleUsdPerMonth: number; fullUsdPerMonth: number } => ({
  idleUsdPerMonth,
  fullUsdPerMonth,
});
const pool = "azure-native:containerservice:AgentPool";

const told = (...drifts: readonly Parameters<typeof judgeChange>[0][]): ToldDrift[] =>
  drifts.flatMap((it) => judgeChange(it, new Set())).map((it) => ({ ...it, acts: [] }));

const same = { gpus: 0, gpuNodes: 0, infinibandDomains: 0, largestJobGpus: 0 };
const nothing: StackReport["difference"] = {
  cost: { before: usd(0, 0), after: usd(0, 0), lines: [], unpriced: { added: [], gone: [] } },
  capacity: { before: same, after: same },
  findings: { added: [], gone: [] },
};

const nothingBeside: DriftReport["beside"] = {
  groups: ["/subscriptions/s/resourceGroups/rg-gpu-dev"],
  unmanaged: [],
  followers: 0,
  notListed: [],
  unlisted: [],
  asked: { answered: true },
};

/** A report of one stack. */
function report(more: Partial<StackReport> = {}): DriftReport {
  const stack: StackReport = {
    stack: "dev",
    since: "2026-12-01T00:00:00Z",
    read: 3,
    unread: [],
    drifts: [],
    difference: nothing,
    asked: { answered: true },
    ...more,
  };
  return { environment: "dev", stacks: [stack], beside: nothingBeside };
}

const all = report({
  drifts: [
    { ...told(gone("azure-native:authorization:ManagementLockByScope", { name: "data" }))[0] } as ToldDrift,
    {
      ...told(changed(pool, { maxCount: 4 }, { maxCount: 2 }, { name: "h100" }))[0],
      acts: [{ when: "2026-12-01T10:00:00Z", operation: "Microsoft.X/agentPools/write", caller: "m***@example.com" }],
      breaks: ["np-autoscale-bounds"],
    } as ToldDrift,
    ...told(changed(pool, { vmSize: "a" }, { vmSize: "b" }, { wouldDo: { vmSize: "replace" }, protect: true })),
    ...told(
      changed(
        "azure-native:containerservice:ManagedCluster",
        { kubernetesVersion: "1.36" },
        { kubernetesVersion: "1.37" },
      ),
    ),
    ...told(
      changed("kubernetes:core/v1:ResourceQuota", { spec: { hard: { pods: "1" } } }, { spec: { hard: { pods: "9" } } }),
    ),
  ],
  difference: {
    ...nothing,
    cost: { before: usd(100, 1000), after: usd(150, 400), lines: [], unpriced: { added: [], gone: [] } },
  },
  unread: Array.from({ length: 9 }, (_, at) => ({
    urn: `urn:pulumi:dev::p::kubernetes:core/v1:Namespace::n${at}`,
    because: at < 3 ? "the API server does not answer from here" : `reason ${at}`,
  })),
  asked: { answered: false, because: "AuthorizationFailed" },
});

it("tells all of it on a terminal", () => {
  expect(renderText(all)).toMatchInlineSnapshot(`
    "dev: 3 resources looked at, last update 2026-12-01T00:00:00Z; nothing was changed

    Security (1)
      ManagementLockByScope data is gone
        What it kept from being deleted can be deleted
        who: maybe somebody in the portal or with az, another tool, or a policy of Azure
        pulumi up --refresh makes it again

    Capacity (1)
      AgentPool h100 maxCount: 4 -> 2
        More nodes bill, and with fewer there is less room for jobs; breaks np-autoscale-bounds
        who: m***@example.com, 2026-12-01T10:00:00Z, Microsoft.X/agentPools/write
        pulumi up --refresh undoes it

    Cost (1)
      ResourceQuota it spec.hard.pods: "1" -> "9"
        A team may take more, or gets less, than was agreed
        who: maybe somebody with kubectl, or another tool in the cluster
        PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh undoes it; without the variable it stops at what another took over

    Nobody has judged this, so it counts as harm (1)
      AgentPool it vmSize: "a" -> "b"
        Nobody has judged yet what a change of it does
        who: maybe somebody in the portal or with az, another tool, or a policy of Azure
        pulumi up --refresh would replace the resource, which is protected: it stops there

    Harmless (1)
      ManagedCluster it kubernetesVersion: "1.36" -> "1.37"
        Kubernetes was upgraded, as AKS does by the upgrade channel of the cluster
        who: maybe AKS itself
        pulumi up --refresh would ask for what was, and Azure refuses a step back: write what is into the stack file

    USD a month by list prices: +50 with the fewest nodes, -600 with the most

    Incomplete: 9 resources could not be looked at
      Namespace n0 and 2 more: the API server does not answer from here
      Namespace n3: reason 3
      Namespace n4: reason 4
      Namespace n5: reason 5
      Namespace n6: reason 6
      and 2 more reasons

    Who did it could not be asked: AuthorizationFailed

    Undo: pulumi up --refresh -s dev. Keep: write it into the stack file, then the same. Plain up sees none of it.

    In rg-gpu-dev: nothing was seen that no stack made
    "
  `);
});

it("tells all of it in an issue", () => {
  expect(renderMarkdown(all)).toMatchInlineSnapshot(`
    "<!-- azure-gpu-cluster drift dev: 4 -->

    ## Drift of dev: 4 harmful changes

    ### Stack dev

    3 resources looked at, last update 2026-12-01T00:00:00Z. Nothing was changed.

    **Security** (1)

    - ManagementLockByScope data is gone
      What it kept from being deleted can be deleted. Who: maybe somebody in the portal or with az, another tool, or a policy of Azure. pulumi up --refresh makes it again.

    **Capacity** (1)

    - AgentPool h100 maxCount: 4 -\\> 2
      More nodes bill, and with fewer there is less room for jobs. Breaks np-autoscale-bounds. Who: m\\*\\*\\*@&#8203;example.com, 2026-12-01T10:00:00Z, Microsoft.X/agentPools/write. pulumi up --refresh undoes it.

    **Cost** (1)

    - ResourceQuota it spec.hard.pods: "1" -\\> "9"
      A team may take more, or gets less, than was agreed. Who: maybe somebody with kubectl, or another tool in the cluster. PULUMI\\_K8S\\_ENABLE\\_PATCH\\_FORCE=true pulumi up --refresh undoes it; without the variable it stops at what another took over.

    **Nobody has judged this, so it counts as harm** (1)

    - AgentPool it vmSize: "a" -\\> "b"
      Nobody has judged yet what a change of it does. Who: maybe somebody in the portal or with az, another tool, or a policy of Azure. pulumi up --refresh would replace the resource, which is protected: it stops there.

    **Harmless** (1)

    - ManagedCluster it kubernetesVersion: "1.36" -\\> "1.37"
      Kubernetes was upgraded, as AKS does by the upgrade channel of the cluster. Who: maybe AKS itself. pulumi up --refresh would ask for what was, and Azure refuses a step back: write what is into the stack file.

    USD a month by list prices: +50 with the fewest nodes, -600 with the most

    Incomplete: 9 resources could not be looked at

    Namespace n0 and 2 more: the API server does not answer from here

    Namespace n3: reason 3

    Namespace n4: reason 4

    Namespace n5: reason 5

    Namespace n6: reason 6

    and 2 more reasons

    Who did it could not be asked: AuthorizationFailed

    Undo: \`pulumi up --refresh -s dev\`. Keep: write it into the stack file, then the same. A plain \`up\` sees none of it.

    ### In no stack

    In rg-gpu-dev: nothing was seen that no stack made.

    "
  `);
});

it("says that there is nothing", () => {
  expect(renderText(report())).toBe(
    "dev: 3 resources looked at, last update 2026-12-01T00:00:00Z; nothing was changed\n  All is as the last update left it\n" +
      "\nIn rg-gpu-dev: nothing was seen that no stack made\n",
  );
  expect(renderMarkdown(report())).toContain("\n\n## Drift of dev: no harm\n\n");
});

it("has a mark that no name of an environment ends early", () => {
  expect(reportMarker("dev --> <script>", 4)).toBe("<!-- azure-gpu-cluster drift dev_--___script_: 4 -->");
});

it.each([
  ["a report", `${reportMarker("dev-2.eu", 3)}\n\n## Drift`, { environment: "dev-2.eu", code: 3 }],
  ["one of Windows", `${reportMarker("dev", 0)}\r\n`, { environment: "dev", code: 0 }],
  ["a mark that is not the first line", `hello\n${reportMarker("dev", 0)}\n`, undefined],
  ["a mark with more in it", "<!-- azure-gpu-cluster drift dev: 0 --><script>\n", undefined],
  ["nothing", "", undefined],
])("has its mark read of %s", (_, text, mark) => expect(readMarker(text)).toEqual(mark));

it("ends before an issue is full, and still says where the rest is", () => {
  const many = ["cost", "security", "capacity", "unjudged", "harmless"].flatMap((_, kind) =>
    Array.from({ length: 200 }, (__, at) => ({
      ...(told(
        changed(pool, { vmSize: "a" }, { vmSize: "b".repeat(400) }, { name: `n${kind}-${at}`.repeat(20) }),
      )[0] as ToldDrift),
    })),
  );
  const stacks = Array.from({ length: 9 }, () => report({ drifts: many }).stacks).flat();
  const text = renderMarkdown({ environment: "dev", stacks, beside: nothingBeside });
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("and 960 more");
  expect(text.endsWith("is `npm run drift -- ENVIRONMENT`.\n")).toBe(true);
});

it.each<[title: string, it: DriftReport, code: number]>([
  ["nothing", report(), 0],
  ["harmless only", report({ drifts: told(changed(pool, { tags: { a: "1" } }, { tags: { a: "2" } })) }), 0],
  ["what nobody judged", report({ drifts: told(changed(pool, { vmSize: "a" }, { vmSize: "b" })) }), 4],
  ["harm", all, 4],
  ["not all looked at", report({ unread: [{ urn: "u", because: "x" }] }), 3],
])("ends with the code of %s", (_, it, code) => {
  expect(exitCodeOf(it)).toBe(code);
});

const stranger: DriftReport["beside"]["unmanaged"][number] = {
  ...{ id: "/subscriptions/s/resourceGroups/rg-gpu-dev/providers/Microsoft.Compute/virtualMachineScaleSets/scratch" },
  ...{ type: "Microsoft.Compute/virtualMachineScaleSets", name: "scratch", harm: "cost", means: "Machines bill" },
  ...{ created: "2026-12-01T09:00:00Z", changed: null, tagged: true },
  ...{ usdPerMonth: { idle: 1000.4, full: 2000.6 }, unpriced: ["their software"] },
  acts: [{ when: "2026-12-01T09:01:00Z", operation: "Microsoft.X/xs/write", caller: "m***@example.com" }],
};
const beside: DriftReport["beside"] = {
  ...nothingBeside,
  unmanaged: [
    stranger,
    {
      ...stranger,
      name: "other",
      created: null,
      tagged: false,
      usdPerMonth: { idle: 5, full: 5 },
      unpriced: [],
      acts: [],
    },
  ],
  followers: 2,
  notListed: ["Microsoft.Network/virtualNetworks/subnets"],
  unlisted: [
    {
      group: "/subscriptions/s/resourceGroups/rg-gpu-dev",
      what: "role assignments",
      because: "no right",
      remedy: "Ask",
    },
  ],
  asked: { answered: false, because: "the log is away" },
};

it("tells on a terminal what lies beside the stacks, and what was not seen", () => {
  const text = renderText({ ...report(), beside });
  expect(text.slice(text.indexOf("In rg"))).toMatchInlineSnapshot(`
    "In rg-gpu-dev: 2 things that no stack made

    Cost (2)
      Microsoft.Compute/virtualMachineScaleSets scratch
        Machines bill
        Made 2026-12-01T09:00:00Z, written by m***@example.com at 2026-12-01T09:01:00Z
        Bills 1,000 to 2,001 USD a month by list prices; their software, at a price that is not known here
        Has the tags of the environment: an update that died may have made it
        /subscriptions/s/resourceGroups/rg-gpu-dev/providers/Microsoft.Compute/virtualMachineScaleSets/scratch
      Microsoft.Compute/virtualMachineScaleSets other
        Machines bill
        Made; by whom is not known
        Bills 5 USD a month by list prices
        /subscriptions/s/resourceGroups/rg-gpu-dev/providers/Microsoft.Compute/virtualMachineScaleSets/scratch

    2 resources more came with resources of the stacks: Azure makes them by itself

    Not looked for, because the list of a group has none of them: Microsoft.Network/virtualNetworks/subnets

    Incomplete: role assignments of rg-gpu-dev could not be listed: no right. Ask

    Who made it could not be asked: the log is away

    Keep: write it into the stack file and import it. Nobody's: az resource delete --ids ID. No up touches it.
    "
  `);
});

it("names the command that takes away each kind of what lies beside the stacks", () => {
  const types = ["Microsoft.Authorization/locks", "microsoft.authorization/roleassignments", stranger.type];
  const unmanaged = types.map((type) => ({ ...stranger, type }));
  expect(renderText({ ...report(), beside: { ...beside, unmanaged } })).toContain(
    "Nobody's: az lock delete --ids ID or az role assignment delete --ids ID or az resource delete --ids ID. No up",
  );
});

it("tells in an issue what lies beside the stacks, and counts it", () => {
  const text = renderMarkdown({ ...report(), beside });
  expect(text).toContain("## Drift of dev: 2 harmful changes\n");
  expect(text.slice(text.indexOf("### In"))).toMatchInlineSnapshot(`
    "### In no stack

    In rg-gpu-dev: 2 things that no stack made.

    **Cost** (2)

    - Microsoft.Compute/virtualMachineScaleSets scratch
      Machines bill. Made 2026-12-01T09:00:00Z, written by m\\*\\*\\*@&#8203;example.com at 2026-12-01T09:01:00Z. Bills 1,000 to 2,001 USD a month by list prices; their software, at a price that is not known here. Has the tags of the environment: an update that died may have made it.
      \`/subscriptions/s/resourceGroups/rg-gpu-dev/providers/Microsoft.Compute/virtualMachineScaleSets/scratch\`
    - Microsoft.Compute/virtualMachineScaleSets other
      Machines bill. Made; by whom is not known. Bills 5 USD a month by list prices.
      \`/subscriptions/s/resourceGroups/rg-gpu-dev/providers/Microsoft.Compute/virtualMachineScaleSets/scratch\`

    2 resources more came with resources of the stacks: Azure makes them by itself

    Not looked for, because the list of a group has none of them: Microsoft.Network/virtualNetworks/subnets

    Incomplete: role assignments of rg-gpu-dev could not be listed: no right. Ask

    Who made it could not be asked: the log is away

    Keep: write it into the stack file and import it. Nobody's: az resource delete --ids ID. No up touches it.

    "
  `);
});

it.each<[title: string, it: DriftReport["beside"], code: number]>([
  ["what harms", beside, 4],
  ["what is harmless", { ...nothingBeside, unmanaged: [{ ...stranger, harm: "harmless" }] }, 0],
  ["what nobody has judged", { ...nothingBeside, unmanaged: [{ ...stranger, harm: "unjudged" }] }, 4],
  ["a list that did not come", { ...beside, unmanaged: [] }, 3],
])("ends for %s beside the stacks with its code", (_, it, code) => {
  expect(exitCodeOf({ ...report(), beside: it })).toBe(code);
});
