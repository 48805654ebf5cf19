import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { lustreCsiDriverName } from "../../../catalog/lustre-csi";
import type { PlatformShape } from "../../../components/platform/add-ons";
import { lustreCsi } from "../../../components/platform/lustre-csi";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { lustre } from "../../../components/tenancy/volumes/lustre";
import { list, locate, read } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";

const planOf = (choice?: PlatformShape["lustreCsi"], there = true): PlatformPlan =>
  planPlatform({ lustreCsi }, choice === undefined ? {} : { lustreCsi: choice }, {
    kubernetesVersion: "1.36",
    pools: [],
    lustre: there,
  });

const objectsOf = (): Props => toProps(planOf().addOns[0]?.objects);
const podOf = (release: string): Props => toProps(read(objectsOf(), `["lustre-csi-${release}"].spec.template.spec`));

describe("the driver of Lustre", () => {
  it.each([
    ["there is a file system", undefined, true, ["lustreCsi"]],
    ["there is none", undefined, false, []],
    ["it is refused", false, true, []],
    ["a file system of somebody else is to be mounted", {}, false, ["lustreCsi"]],
  ] as const)("where %s", (_, choice, there, keys) => {
    expect(planOf(choice, there).addOns.map(({ key }) => key)).toEqual(keys);
  });

  it("is what volumes of teams ask for", () => {
    const { source } = lustre.volume(
      { mgsAddress: "10.0.0.4", sizeTiB: 8 },
      { part: "teams/a", identityClientId: "id" },
    );
    expect(read(objectsOf(), '["lustre-csi-driver"].metadata.name')).toBe(source.csi?.driver);
    expect(source.csi?.driver).toBe(lustreCsiDriverName);
  });

  it("runs in a namespace of its own that nobody reaches over the network, with no right and no token", () => {
    const [plan] = planOf().addOns;
    expect(plan?.namespace?.metadata).toEqual({
      name: "lustre-csi",
      labels: {
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "azure-gpu-cluster/workload": "platform",
      },
    });
    expect(plan?.ingress?.["spec"]).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
    expect(Object.keys(plan?.objects ?? {})).toEqual(["lustre-csi-driver", "lustre-csi-jammy", "lustre-csi-noble"]);
    const tokens = ["jammy", "noble"].map((release) => podOf(release)["automountServiceAccountToken"]);
    expect(tokens).toEqual([false, false]);
  });

  it.each([
    ["jammy", ["Ubuntu2204", "Ubuntu2004"], "2.15.7", "33-g79ddf99"],
    ["noble", ["Ubuntu2404"], "2.16.1", "14-gbc76088"],
  ])("on %s nodes of teams installs the client that is built for them", (release, skus, version, build) => {
    const spec = podOf(release);
    expect(spec["nodeSelector"]).toEqual({ "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" });
    const affinity = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
    expect(list(spec, `${affinity}.nodeSelectorTerms`)).toEqual([
      {
        matchExpressions: [
          { key: "kubernetes.azure.com/os-sku-effective", operator: "In", values: skus },
          { key: "kubernetes.azure.com/mode", operator: "NotIn", values: ["system"] },
        ],
      },
    ]);
    const [, , driver] = list(spec, "containers").map(toProps);
    expect(driver?.["image"]).toBe(`mcr.microsoft.com/oss/v2/kubernetes-csi/azurelustre-csi:v0.4.0-${release}`);
    expect(driver?.["env"]).toEqual([
      { name: "AZURELUSTRE_CSI_INSTALL_LUSTRE_CLIENT", value: "yes" },
      { name: "LUSTRE_VERSION", value: version },
      { name: "CLIENT_SHA_SUFFIX", value: build },
      { name: "KUBE_NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } },
    ]);
  });

  it("fails on a setting: it has none", () => {
    expect(problemsOf(() => planOf(parse("{ controller: true }") as PlatformShape["lustreCsi"]))).toEqual([
      "lustreCsi.controller: is not a known key; unknown keys are never ignored. Remove it",
    ]);
  });
});

/** Folder with the manifests of the driver, which no package registry carries. */
const manifests = join(
  process.env["GPU_CHARTS"] ?? resolve(__dirname, "../../../../shared/charts"),
  "azurelustre-csi-driver-0.4.0",
);
const there = existsSync(manifests);
if (!there) process.stderr.write(`Skipped: ${manifests} is not there. GPU_CHARTS names another folder.\n`);

describe.skipIf(!there)("the driver's own manifests", () => {
  const manifest = (file: string): Props =>
    parseAllDocuments(readFileSync(join(manifests, file), "utf8"))
      .map((it) => toProps(it.toJS()))
      .find(({ kind }) => kind !== undefined) ?? {};

  it("has the same CSIDriver", () => {
    const { apiVersion, kind, metadata, spec } = manifest("csi-azurelustre-driver.yaml");
    expect(objectsOf()["lustre-csi-driver"]).toEqual({ apiVersion, kind, metadata, spec });
  });

  it.each(["jammy", "noble"])("has the same pods for %s, but for rights, names and nodes", (release) => {
    const theirs = toProps(read(manifest(`csi-azurelustre-node-${release}.yaml`), "spec.template.spec"));
    const ours = podOf(release);
    for (const key of ["hostNetwork", "dnsPolicy", "priorityClassName", "tolerations"]) {
      expect(ours[key]).toEqual(theirs[key]);
    }
    const facts = (pod: Props): unknown =>
      list(pod, "containers").map((container) => {
        const { name, image, resources, lifecycle, startupProbe, readinessProbe } = toProps(container);
        const limit = read(resources, "limits.cpu");
        const cpu = typeof limit === "number" ? `${limit}` : limit;
        return { name, image, cpu, memory: read(resources, "limits.memory"), lifecycle, startupProbe, readinessProbe };
      });
    expect(facts(ours)).toEqual(facts(theirs));
    const folders = (pod: Props): unknown[] =>
      locate(pod, "volumes[].hostPath.path").map(({ value }) => String(value).replace(/\/$/, ""));
    expect(folders(ours)).toEqual(folders(theirs));
    const env = (pod: Props): readonly unknown[] => list(pod, "containers[2].env");
    // What theirs says by the variable `CSI_ENDPOINT`, ours says at once.
    const [endpoint, ...rest] = env(theirs);
    expect(endpoint).toEqual({ name: "CSI_ENDPOINT", value: "unix:///csi/csi.sock" });
    expect(new Set(env(ours))).toEqual(new Set(rest));
  });
});
