import { Provider } from "@pulumi/kubernetes/provider";
import { type Alias, type Output, runtime } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { versions } from "../../../catalog/versions";
import type { PlatformShape } from "../../../components/platform/add-ons";
import { installPlatform } from "../../../components/platform/install-platform";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { scratchDisks } from "../../../components/platform/scratch-disks";
import { only, problemsOf, recorded, tree } from "../../recorded";
import { pool } from "./facts";

const nvme = "Standard_ND96isr_H100_v5";
const noNvme = "Standard_NV36ads_A10_v5";

/** The plan with this choice for a cluster with pools of these sizes. */
function planOf(choice: PlatformShape["scratchDisks"], sizes: Readonly<Record<string, string>>): PlatformPlan {
  const pools = Object.entries(sizes).map(([key, size]) => pool(key, size));
  return planPlatform({ scratchDisks }, choice === undefined ? {} : { scratchDisks: choice }, {
    kubernetesVersion: "1.36.2",
    pools,
  });
}

/** Pools that the driver is installed on. */
function poolsOf({ addOns: [scratch] }: PlatformPlan): unknown {
  return JSON.parse(/"values":(\[[^\]]*\])/.exec(JSON.stringify(scratch?.release?.values))?.[1] ?? "null");
}

it("installs the driver on the nodes that have disks, then offers the storage class", async () => {
  const handedOver: Output<unknown>[] = [];
  const aliases = new Map<string, Alias["type"][]>();
  const plan = await recorded(() => {
    runtime.registerStackTransformation(({ type, opts }) => {
      aliases.set(
        type,
        (opts.aliases ?? []).flatMap((it) => (typeof it === "object" && "type" in it ? [it.type] : [])),
      );
      return undefined;
    });
    const provider = new Provider("kubernetes", { kubeconfig: "{}" });
    const scratch = planOf(undefined, { h100: nvme, a10: noNvme, h200: nvme });
    handedOver.push(installPlatform(scratch, { providers: [provider] }).handsOver);
  });
  expect(tree(plan).slice(1)).toEqual([
    "InstalledAddOn scratch",
    "Namespace scratch < InstalledAddOn scratch",
    "NetworkPolicy scratch-ingress < InstalledAddOn scratch",
    "Release scratch < InstalledAddOn scratch",
    "StorageClass scratch < InstalledAddOn scratch",
  ]);
  expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: "scratch",
      labels: {
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "azure-gpu-cluster/workload": "platform",
      },
    },
  });
  // Its webhooks, which the API server asks for each claim.
  expect(only(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs["spec"]).toEqual({
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }],
  });
  const release = only(plan, "kubernetes:helm.sh/v3:Release");
  expect(release.inputs).toMatchObject({
    name: "local-csi-driver",
    namespace: "scratch",
    chart: versions.localCsiDriver.chart,
    version: versions.localCsiDriver.version,
    atomic: true,
    timeout: 600,
    values: {
      daemonset: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["h100", "h200"] }] },
            ],
          },
        },
      },
    },
  });
  const storageClass = only(plan, "kubernetes:storage.k8s.io/v1:StorageClass");
  expect(storageClass.inputs).toEqual({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "scratch-nvme" },
    provisioner: "localdisk.csi.acstor.io",
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  expect(storageClass.dependencies).toContain(release.urn);
  const kubernetes = plan.resources.filter((it) => it.type.startsWith("kubernetes:"));
  expect(kubernetes.map((it) => it.provider.includes("pulumi:providers:kubernetes::kubernetes::"))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const seen = await Promise.all(handedOver.map((it) => new Promise((resolve) => it.apply(resolve))));
  expect(seen).toEqual([{ scratchStorageClass: "scratch-nvme" }]);
  // What an environment has under the former type is this one: nothing in it is made anew.
  expect(aliases.get("azure-gpu-cluster:platform:InstalledAddOn")).toEqual(["azure-gpu-cluster:storage:ScratchDisks"]);
});

describe("scratch disks", () => {
  it("are not installed where no pool has disks, or where they are refused", () => {
    expect(planOf(undefined, { a10: noNvme })).toEqual({ addOns: [], fetches: [], handsOver: {} });
    expect(planOf(false, { h100: nvme })).toEqual({ addOns: [], fetches: [], handsOver: {} });
  });

  it("take the pools and the name of the class that are asked for", () => {
    const plan = planOf({ storageClass: "fast", pools: ["h200"] }, { h100: nvme, h200: nvme });
    expect(poolsOf(plan)).toEqual(["h200"]);
    expect(plan.addOns[0]?.objects["scratch"]?.metadata.name).toBe("fast");
    expect(plan.handsOver).toEqual({ scratchStorageClass: "fast" });
  });

  it("fail on a pool without disks, and on one that is not there", () => {
    expect(problemsOf(() => planOf({ pools: ["a10", "h1"] }, { h100: nvme, a10: noNvme }))).toEqual([
      'scratchDisks.pools[0]: must be a GPU pool with local NVMe disks; got "a10". Such pools: h100',
      'scratchDisks.pools[1]: must be a GPU pool with local NVMe disks; got "h1". Such pools: h100',
    ]);
  });

  it("fail where they are asked for and no pool has disks", () => {
    expect(problemsOf(() => planOf({}, { a10: noNvme }))).toEqual([
      "scratchDisks: is not possible: no GPU pool has local NVMe disks. Leave it out, or declare a pool of a size with such disks (docs/sizes.md)",
    ]);
  });

  it("fail on a name that Kubernetes refuses", () => {
    expect(problemsOf(() => planOf({ storageClass: "Fast_" }, { h100: nvme }))).toEqual([
      'scratchDisks.storageClass: must be 1 to 63 lowercase letters, digits or hyphens, and neither start nor end with a hyphen; got "Fast_". For example fast',
    ]);
  });
});
