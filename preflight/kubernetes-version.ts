import { minorOf } from "../catalog/kubernetes-versions";
import { list, read, record, text, texts } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, get, unanswered } from "./question";

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  /** Versions of clusters and pools, with a patch or without. */
  readonly versions: readonly string[];
  /** Support plan of the cluster, null for the usual one. */
  readonly supportPlan: string | null;
  readonly clusterIds: readonly string[];
}

interface Answers {
  readonly offered: Answer;
  readonly clusters: readonly Answer[];
}

const cluster = "Microsoft.ContainerService/managedClusters";

/** Versions of Kubernetes that AKS offers in the region, under the support plan of the cluster. */
export const kubernetesVersion: Check<Needs, Answers> = {
  name: "Kubernetes version",
  needs: ({ subscriptionId, location, resources }) => {
    const clusters = resources.filter((it) => it.arm === cluster);
    const versions = [...new Set(resources.flatMap(versionOf))];
    if (versions.length === 0) return null;
    const supportPlan = clusters.flatMap((it) => text(it.inputs, "supportPlan") ?? [])[0] ?? null;
    return { subscriptionId, location, versions, supportPlan, clusterIds: clusters.map((it) => it.id) };
  },
  ask: async ({ subscriptionId, location, clusterIds }, ask) => {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/${location}/kubernetesVersions`;
    const apiVersion = armVersions.containerService;
    const [offered, ...clusters] = await Promise.all([
      ask(
        get(path, { apiVersion, right: "Microsoft.ContainerService/locations/kubernetesVersions/read", has: "values" }),
      ),
      ...clusterIds.map((it) => ask(get(it, { apiVersion, right: `${cluster}/read`, has: "id" }))),
    ]);
    return { offered, clusters };
  },
  judge: ({ location, versions, supportPlan }, { offered, clusters }) =>
    versions.map((version) => judgeVersion({ version, location, supportPlan }, offered, clusters)),
};

function versionOf({ arm, inputs }: PlannedAzureResource): string[] {
  if (arm === cluster) return [text(inputs, "kubernetesVersion") ?? []].flat();
  return arm === `${cluster}/agentPools` ? [text(inputs, "orchestratorVersion") ?? []].flat() : [];
}

function judgeVersion(
  {
    version,
    location,
    supportPlan,
  }: { readonly version: string; readonly location: string; readonly supportPlan: string | null },
  offered: Answer,
  clusters: readonly Answer[],
): Finding {
  const longTerm = supportPlan === "AKSLongTermSupport";
  const need = `offered in ${location}${longTerm ? ", with long-term support" : ""}`;
  const runs = clusters.some((it) => it.kind === "found" && runsIt(it.body, version));
  if (offered.kind !== "found") return unanswered(version, need, offered);
  const all = list(offered.body, "values");
  const names = all.flatMap((it) => text(it, "version") ?? []);
  const choice = `cluster.kubernetesVersion: one of ${names.join(", ")}`;
  const minor = all.find((it) => text(it, "version") === minorOf(version));
  // What runs goes on running when AKS no longer makes new ones of it.
  if (minor === undefined)
    return runs
      ? warning(version, need, "no longer offered; the cluster runs it", `Upgrade: az aks get-upgrades, then ${choice}`)
      : missing(version, need, `not offered; there are ${names.join(", ") || "none"}`, choice);
  const patches = Object.keys(record(minor, "patchVersions"));
  const withPatch = version !== minorOf(version);
  if (withPatch && !patches.includes(version) && !runs)
    return missing(
      version,
      need,
      `not offered; patches are ${patches.join(", ")}`,
      `cluster.kubernetesVersion: "${minorOf(version)}", or one of these`,
    );
  const plans = texts(minor, "capabilities.supportPlan");
  if (longTerm && !plans.includes("AKSLongTermSupport"))
    return missing(
      version,
      need,
      `offered under ${plans.join(", ")} alone`,
      "cluster.longTermSupport: false, or another version",
    );
  if (!longTerm && plans.length > 0 && !plans.includes("KubernetesOfficial"))
    return missing(
      version,
      need,
      `offered under ${plans.join(", ")} alone`,
      "cluster.tier: Premium with longTermSupport: true, or a newer version",
    );
  if (read(minor, "isPreview") === true) return warning(version, need, "a preview", choice);
  return ok(version, need, withPatch ? "offered" : `offered, patches ${patches.join(", ")}`);
}

function runsIt(body: Value, version: string): boolean {
  const now = [text(body, "properties.currentKubernetesVersion"), text(body, "properties.kubernetesVersion")];
  return now.some((it) => it === version || (it !== undefined && minorOf(it) === version));
}
