import { expect, it } from "vitest";
import { readEnvironment } from "../../stacks/read-environment";
import { readStackFile } from "../../stacks/stack-file";
import { read } from "../../core/property-tree";
import { isRecord } from "../../core/property-value";
import { problemsOf } from "../recorded";
import { shippedPreview } from "../shipped-previews";
import { shippedStacks, today } from "../stack-files";

/** What a stack has for metrics: whether the cluster runs the agents, whose metrics go where, and what is fetched inside. */
async function metricsIn(stack: keyof typeof shippedStacks): Promise<Record<string, unknown>> {
  const { plan } = await shippedPreview(stack);
  const inputsOf = (type: string) => plan.resources.filter((it) => it.type === type).map(({ inputs }) => inputs);
  const namespaced = ({ metadata }: Readonly<Record<string, unknown>>) => isRecord(metadata) && metadata["namespace"];
  return {
    agents: inputsOf("azure-native:containerservice:ManagedCluster").map((it) =>
      read(it, "azureMonitorProfile.metrics.enabled"),
    ),
    from: inputsOf("azure-native:monitor:DataCollectionRuleAssociation").map(({ resourceUri }) =>
      String(resourceUri).split("/providers/").at(-1),
    ),
    groups: inputsOf("azure-native:alertsmanagement:PrometheusRuleGroup").length,
    pods: inputsOf("kubernetes:azmonitoring.coreos.com/v1:PodMonitor").map(namespaced),
    services: inputsOf("kubernetes:azmonitoring.coreos.com/v1:ServiceMonitor").map(namespaced),
  };
}

it("are measured by the cluster, and go into the workspace, where the environment has the section", async () => {
  expect(await metricsIn("staging")).toEqual({
    agents: [true],
    from: ["Microsoft.ContainerService/managedClusters/aks-gpu-staging-eastus2"],
    groups: 9,
    pods: [],
    services: [],
  });
});

it("are fetched inside the cluster by the stack that makes what is in it", async () => {
  expect(await metricsIn("staging-workloads")).toEqual({
    agents: [],
    from: [],
    groups: 0,
    pods: ["gpu-operator", "node-health", "infer-chat", "infer-reasoning", "infer-reasoning"],
    services: ["kueue-system", "jobset-system"],
  });
});

it("are left out where nobody asks for them", async () => {
  expect(await metricsIn("dev")).toEqual({ agents: [undefined], from: [], groups: 0, pods: [], services: [] });
});

it("need a cluster that the same stack makes", () => {
  const { values } = readStackFile(shippedStacks["staging-workloads"]);
  const withMetrics = { ...values, "azure-gpu-cluster:metrics": "{}" };
  expect(problemsOf(() => readEnvironment({ stack: "staging-workloads", values: withMetrics, today }))).toEqual([
    "metrics: belongs to layer infra, which this stack does not make. Move it to the stack that makes infra, or add infra to layers",
  ]);
});
