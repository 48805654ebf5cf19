import { expect, it } from "vitest";
import { readEnvironment } from "../../stacks/read-environment";
import { readStackFile } from "../../stacks/stack-file";
import { read } from "../../core/property-tree";
import { isRecord } from "../../core/property-value";
import { roles } from "../../catalog/roles";
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
    groups: 14,
    pods: [],
    services: [],
  });
});

it("are fetched inside the cluster by the stack that makes what is in it", async () => {
  expect(await metricsIn("staging-workloads")).toEqual({
    agents: [],
    from: [],
    groups: 0,
    pods: [
      "gpu-operator",
      "node-health",
      "cert-manager",
      "inference-gateway",
      "infer-chat",
      "infer-reasoning",
      "infer-reasoning",
    ],
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

it("are there for a Grafana to show, or it is refused", () => {
  const { values } = readStackFile(shippedStacks.prod);
  const without = Object.fromEntries(Object.entries(values).filter(([key]) => key !== "azure-gpu-cluster:metrics"));
  expect(problemsOf(() => readEnvironment({ stack: "prod", values: without, today }))).toEqual([
    "grafana: needs metrics: there is nothing to show without them. Write metrics: {}, or leave grafana out",
  ]);
});

it("send their alerts where the section alerts says, in prod and not in staging, and the preview says so", async () => {
  const sent = async (stack: "prod" | "staging"): Promise<number> =>
    (await shippedPreview(stack)).plan.resources
      .filter(({ type }) => type === "azure-native:alertsmanagement:PrometheusRuleGroup")
      .flatMap(({ inputs }) => inputs["rules"] as readonly { readonly actions?: unknown }[])
      .filter(({ actions }) => actions !== undefined).length;
  expect(await sent("staging")).toBe(0);
  expect(await sent("prod")).toBeGreaterThan(20);
  const note = "metrics.alerts: they stand in Azure Monitor and nobody is told: the section alerts says who is";
  expect((await shippedPreview("staging")).notes).toContain(note);
  expect((await shippedPreview("prod")).notes).not.toContain(note);
});

it("are shown to the administrators of the cluster, and in Grafana to the groups of teams where somebody says so", async () => {
  const grants = async (stack: "prod" | "prod-workloads"): Promise<string[]> =>
    (await shippedPreview(stack)).plan.resources.flatMap(({ type, urn, inputs }) => {
      const role = String(inputs["roleDefinitionId"]).split("/").at(-1);
      const named = Object.entries(roles).find(([, { id }]) => id === role)?.[0] ?? "";
      return type.endsWith(":RoleAssignment") && /Grafana|Monitoring/.test(named)
        ? [`${urn.split("::").at(-1) ?? ""}: ${named} for ${String(inputs["principalType"])}`]
        : [];
    });
  expect(await grants("prod")).toEqual([
    "metrics-1: Monitoring Data Reader for Group",
    "grafana-metrics: Monitoring Data Reader for ServicePrincipal",
    "grafana-resources: Monitoring Reader for ServicePrincipal",
    "grafana-admins-1: Grafana Admin for Group",
  ]);
  const ofTeams = (await grants("prod-workloads")).filter((it) => it.startsWith("view-"));
  expect(ofTeams).toHaveLength(5);
  expect(ofTeams.every((it) => it.endsWith(": Grafana Viewer for Group"))).toBe(true);
});

it("are shown beside what Azure measures of each store, and only that dashboard waits for the stores", async () => {
  const { plan } = await shippedPreview("prod");
  const stores = plan.resources.filter(({ type }) => /:(AmlFilesystem|StorageAccount|CapacityPool)$/.test(type));
  expect(stores.length).toBeGreaterThan(1);
  const definitions = plan.resources.filter(({ type }) => type === "azure-native:dashboard:DashboardDefinition");
  const waiting = definitions.filter(({ dependencies }) => stores.some(({ urn }) => dependencies.includes(urn)));
  expect(waiting.map(({ inputs }) => inputs["dashboardName"])).toEqual(["dash-gpu-prod-storage"]);
  const text = JSON.stringify(waiting.map(({ inputs }) => inputs));
  const names = stores.map(({ outputs }) => String(outputs["name"]));
  expect(names.filter((it) => !text.includes(it))).toEqual([]);
});
