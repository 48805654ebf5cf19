import { expect, test } from "vitest";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import { text } from "../../../core/property-tree";
import type { PlannedResource } from "../../../core/planned-resource";
import { crdsOfAks, crdsOfChart, kindsOfChart } from "../../../simulator/kubernetes/crd-sources";
import { shippedPreview } from "../../shipped-previews";
import type { ShippedStack } from "../../stack-files";
import { crdGroups } from "./crd-groups";

/** Groups that every Kubernetes has: without a dot, or of the project itself, whose kinds outside of it say `x-k8s.io`. */
const builtIn =
  /^(?:[^.]*|(?:rbac\.authorization|networking|storage|policy|scheduling|resource|admissionregistration|apiextensions|apiregistration|coordination|node)\.k8s\.io)$/;

const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "");

/** Groups of the kinds that a resource makes objects of. */
function asked({ type, inputs }: PlannedResource): string[] {
  if (!type.startsWith("kubernetes:") || type.includes(":helm.sh/")) return [];
  return [groupOf(text(inputs, "apiVersion") ?? "")];
}

/** Groups of the kinds that a resource brings along. */
function brought({ type, inputs }: PlannedResource): string[] {
  if (type.endsWith(":CustomResourceDefinition")) return [text(inputs, "spec.group") ?? ""];
  if (!type.includes(":helm.sh/")) return [];
  const chart = text(inputs, "chart") ?? "";
  return [
    ...crdsOfChart(chart).map((product) => crdGroups[product]),
    ...kindsOfChart(chart).map(({ apiVersion }) => groupOf(apiVersion)),
  ];
}

function ofAks(group: string): boolean {
  return crdsOfAks(`${group}/v1`) !== undefined || group === groupOf(managedPrometheus.monitors);
}

test.each<readonly ShippedStack[]>([
  ["dev"],
  ["staging", "staging-workloads"],
  ["prod", "prod-workloads"],
  ["cell-4k", "cell-4k-workloads"],
])("whoever makes an object of a kind in %s has its definition, from a chart, a resource or AKS", async (...stacks) => {
  const plans = await Promise.all(stacks.map(shippedPreview));
  const resources = plans.flatMap((it) => it.plan.resources);
  const there = new Set(resources.flatMap(brought));
  const groups = [...new Set(resources.flatMap(asked))].filter((it) => !builtIn.test(it));
  expect(groups.length).toBeGreaterThan(1);
  expect(groups.filter((it) => !there.has(it) && !ofAks(it))).toEqual([]);
});
