import { z } from "zod";
import { exporters, keepPattern } from "../../../catalog/exported-metrics";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import { annotations } from "../../../catalog/scheduling";
import { versions } from "../../../catalog/versions";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject } from "../add-on";
import { monitor, openPort } from "./monitor";
import { scrapeTargets } from "./scrape-targets";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** Name of what is made, and first part of the names of what there are several of. */
const name = "metrics";

/**
 * What the agents of managed Prometheus fetch in the cluster beside what they fetch anyway: GPUs, queues and JobSets by monitors, and
 * InfiniBand by the list of what they keep of each node. The cluster itself runs no more for it; what comes in bills by the sample.
 */
export const metrics: AddOn<typeof settings> = {
  name,
  gives: "metrics of GPUs, InfiniBand, queues and JobSets in managed Prometheus",
  verify: "kubectl get podmonitors.azmonitoring.coreos.com,servicemonitors.azmonitoring.coreos.com --all-namespaces",
  wanted: { when: "the environment has `metrics`", holds: (facts) => facts.metrics === true },
  needs: [],
  // Their namespaces are there first.
  after: Object.values(scrapeTargets).map(({ addOn }) => addOn),
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: versions.managedPrometheus,
  aliases: [],
  settings,
  contents({ facts, installed }, problems) {
    problems.require(facts.metrics === true, "", "is not possible: the environment has no managed Prometheus", {
      remedy: "Add the section metrics to the stack that makes the cluster, or leave it out here",
    });
    const targets = Object.entries(scrapeTargets).filter(([, { addOn }]) => installed.has(addOn));
    return {
      values: {},
      crds: null,
      objects: {
        "metrics-settings": agentSettings(facts.pools.flatMap((pool) => unmeasured(pool, installed))),
        ...Object.fromEntries(
          targets.flatMap(([key, target]) => [
            [`${name}-${key}`, monitor(target)],
            [`${name}-${key}-port`, openPort(target)],
          ]),
        ),
      },
      handsOver: null,
    };
  },
};

/** Of the node exporter, the agents keep by themselves nothing of InfiniBand. */
function agentSettings(notes: readonly string[]): KubernetesObject {
  const { name, namespace, schemaVersion } = managedPrometheus.settings;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace, ...(notes.length > 0 && { annotations: { [annotations.notes]: notes.join("\n") } }) },
    data: {
      "schema-version": schemaVersion,
      // TOML within YAML: the form of that schema.
      "cluster-metrics": `default-targets-metrics-keep-list: |-\n  nodeexporter = "${keepPattern(exporters.infiniband)}"\n`,
    },
  };
}

/** What to know of a pool whose GPUs no exporter looks at. */
function unmeasured({ key, gpuStack }: GpuPoolRef, installed: ReadonlySet<string>): string[] {
  const owner = gpuStackRows[gpuStack].devicePlugin;
  const exporter = Object.values(scrapeTargets).find(({ addOn }) => addOn === owner);
  if (exporter !== undefined && installed.has(exporter.addOn)) return [];
  const because =
    exporter === undefined ? `gpuStack ${gpuStack} brings no exporter` : `${exporter.addOn} is not installed`;
  return [`gpuPools.${key}: power, energy, use and faults of its GPUs are not measured: ${because}`];
}
