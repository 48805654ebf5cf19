import { expect, test } from "vitest";
import { outsideCluster } from "../../../../simulator/kubernetes/scheduling/outside-cluster";

const service = { name: "hooks", namespace: "ns", path: "/validate" };
const objects = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "hooks" },
    spec: { selector: { a: "b" }, ports: [{ port: 443 }] },
  },
  { apiVersion: "v1", kind: "Service", metadata: { name: "metrics" }, spec: { ports: [{ port: 8443 }] } },
  { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", metadata: { name: "v1.visibility" } },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "v" },
    webhooks: [{ name: "a.kb.io", clientConfig: { service }, failurePolicy: "Fail" }],
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "queues" },
    spec: {
      group: "g",
      conversion: { strategy: "Webhook", webhook: { clientConfig: { service }, conversionReviewVersions: ["v1"] } },
    },
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "jobs" },
    spec: { group: "g" },
  },
];
const [hooks, metrics, , webhooks, queues, jobs] = objects;

test("a manager that makes its certificate is asked through its service, which leads to this machine", () => {
  const own = { service: { ...service, port: 4711 } };
  expect(outsideCluster(objects, { port: 4711, caBundle: null })).toEqual([
    { ...hooks, spec: { type: "ExternalName", externalName: "localhost", ports: [{ port: 4711 }] } },
    metrics,
    { ...webhooks, webhooks: [{ name: "a.kb.io", clientConfig: own, failurePolicy: "Fail" }] },
    {
      ...queues,
      spec: {
        group: "g",
        conversion: { strategy: "Webhook", webhook: { clientConfig: own, conversionReviewVersions: ["v1"] } },
      },
    },
    jobs,
  ]);
});

test("one that takes a certificate is asked by address, and that is checked with the certificate's authority", () => {
  const by = { url: "https://127.0.0.1:4711/validate", caBundle: "QUJD" };
  expect(outsideCluster(objects, { port: 4711, caBundle: "QUJD" })).toEqual([
    hooks,
    metrics,
    { ...webhooks, webhooks: [{ name: "a.kb.io", clientConfig: by, failurePolicy: "Fail" }] },
    {
      ...queues,
      spec: {
        group: "g",
        conversion: { strategy: "Webhook", webhook: { clientConfig: by, conversionReviewVersions: ["v1"] } },
      },
    },
    jobs,
  ]);
});
