import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossesOf } from "../../../preview/html/losses";
import { siteOf, type Site } from "../../../preview/html/site";
import { shippedPreview } from "../../shipped-previews";
import { shippedStackNames, shippedStacks, today } from "../../stack-files";
import { preview } from "../../../preview/preview";

/** What stands where, in a few words a line. */
function told({ zoneGroups, regionalStores }: Site): string[] {
  return [
    ...zoneGroups.flatMap(({ zones, hosts, stores }) => [
      ...hosts.flatMap(({ cluster, pools }) =>
        pools.map(
          ({ key, groups, countedGpus, shares, models }) =>
            `${zones.join("+") || "any"} ${cluster ?? "-"} ${key}: ${groups.map((it) => `${it.name} ${it.maxNodes}`).join(", ")}; ` +
            `${countedGpus} GPUs; ${shares.map((it) => `${it.namespace} ${it.gpus}`).join(", ")}; ${models.map((it) => it.name).join(", ")}`,
        ),
      ),
      ...stores.map((it) => `${zones.join("+")} ${it.kind}`),
    ]),
    ...regionalStores.map((it) => `region ${it.kind}`),
  ];
}

describe("a site", () => {
  it("places pools, domains, teams, models and stores by the zones that they ask for", async () => {
    expect(told(siteOf(await shippedPreview("prod-workloads")))).toEqual([
      "any aks-gpu-prod-eastus2 h200: h200d1 66, h200d2 66; 1056 GPUs; train-language 512, train-vision 488, infer-reasoning 24; r1, small",
      "any aks-gpu-prod-eastus2 h100nvl: h100nvl 16; 32 GPUs; infer-chat 22, note-research 8; small",
      "any - vmss-gpu-prod-eastus2-runner: vmss-gpu-prod-eastus2-runner 1; 0 GPUs; ; ",
      "1 Managed Lustre",
      "1+2+3 aks-gpu-prod-eastus2 system: system 3; 0 GPUs; ; ",
      "1+2+3 aks-gpu-prod-eastus2 general: general 3; 0 GPUs; ; ",
      "region Blob",
    ]);
  });

  it("shows teams to the stack that has them alone", async () => {
    const teams = siteOf(await shippedPreview("prod")).zoneGroups.flatMap(({ hosts }) =>
      hosts.flatMap(({ pools }) => pools.flatMap((it) => it.shares)),
    );
    expect(teams).toEqual([]);
  });

  it.each(shippedStackNames)("of %s has every node and every GPU of the summary once", async (stack) => {
    const { made, zoneGroups, gpus } = siteOf(await shippedPreview(stack));
    const groups = zoneGroups.flatMap(({ hosts }) => hosts.flatMap(({ pools }) => pools.flatMap((it) => it.groups)));
    const names = (all: readonly { readonly name: string; readonly maxNodes: number }[]): string[] =>
      all.map((it) => `${it.name} ${it.maxNodes}`).sort();
    expect(names(groups)).toEqual(names(made.summary.nodeGroups));
    expect(gpus).toBe(made.summary.gpus);
  });

  it("pins what is pinned", async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "pinned-")), "Pulumi.prod.yaml");
    const text = readFileSync(shippedStacks.prod, "utf8");
    writeFileSync(file, text.replace("nodes: 66, spareNodes: 2 }", 'nodes: 66, spareNodes: 2, zone: "1" }'));
    const lines = told(siteOf(await preview(file, { today })));
    expect(lines.slice(0, 2)).toEqual([
      "1 aks-gpu-prod-eastus2 h200: h200d1 66, h200d2 66; 1056 GPUs; ; ",
      "1 Managed Lustre",
    ]);
  });
});

describe("what fails together", () => {
  it("goes from a node to all of it, with nodes and GPUs at most", async () => {
    const losses = lossesOf(siteOf(await shippedPreview("prod")));
    expect(losses.map(({ fails, nodes, gpus }) => [fails, nodes, gpus])).toEqual([
      ["A node of h100nvl", 1, 2],
      ["A node of h200", 1, 8],
      ["An InfiniBand domain of h200, one of 2", 66, 528],
      ["Zone 1", 0, 0],
      ["One of zones 1, 2 and 3", 2, 0],
      ["The zone that Azure chose, if it put all into one", 149, 1088],
      ["Managed Lustre amlfs-gpu-prod-eastus2", 0, 0],
      ["Blob stgpuprod31dde7a1", 0, 0],
      ["The API server of AKS", 0, 0],
      ["The region, or this environment", 155, 1088],
    ]);
    expect(losses.find((it) => it.fails === "A node of h200")).toEqual({
      what: "node",
      fails: "A node of h200",
      nodes: 1,
      gpus: 8,
      stops: "Jobs that it is part of",
      goesOn: "Other jobs. 2 spare nodes of the same domain can take its place",
    });
  });
});
