import { Provider } from "@pulumi/kubernetes/provider";
import { expect, it } from "vitest";
import type { AddOnPlan } from "../../../components/platform/plan-platform";
import { installPlatform } from "../../../components/platform/install-platform";
import type { RecordedPlan } from "../../../preview/recorded-plan";
import { label, recorded, tree } from "../../recorded";

const none: AddOnPlan = {
  key: "none",
  name: "none",
  aliases: [],
  after: [],
  namespace: null,
  ingress: null,
  release: null,
  crds: {},
  objects: {},
  handsOver: {},
};
const object = (apiVersion: string, kind: string, name: string): AddOnPlan["objects"][string] => ({
  apiVersion,
  kind,
  metadata: { name },
});
const install = (...addOns: readonly AddOnPlan[]): Promise<RecordedPlan> =>
  recorded(() => {
    const provider = new Provider("kubernetes", { kubeconfig: "{}" });
    installPlatform({ addOns, fetches: [], handsOver: {} }, { providers: [provider] });
  });

/** What each Kubernetes object waits for. */
function waits({ resources }: RecordedPlan): Record<string, string[]> {
  const inside = resources.filter((it) => it.type.startsWith("kubernetes:"));
  return Object.fromEntries(inside.map((it) => [label(it.urn), it.dependencies.map(label)]));
}

const queue: AddOnPlan = {
  ...none,
  key: "queue",
  name: "queue",
  namespace: object("v1", "Namespace", "queue-system"),
  ingress: object("networking.k8s.io/v1", "NetworkPolicy", "ingress"),
  release: { name: "queue", namespace: "queue-system", chart: "queue", skipCrds: true },
  crds: { "queue-flavors": object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "flavors.example.com") },
  objects: {
    "queue-flavor": object("example.com/v1", "Flavor", "default"),
    "queue-config": object("v1", "ConfigMap", "queue-config"),
  },
};

it("makes nothing for no add-on", async () => {
  expect(tree(await install())).toEqual(["kubernetes kubernetes"]);
});

it("makes CRDs before the release, and what needs them behind it", async () => {
  expect(waits(await install(queue))).toEqual({
    "Namespace queue": [],
    "NetworkPolicy queue-ingress": ["Namespace queue"],
    "CustomResourceDefinition queue-flavors": [],
    // No pod is there before what says who may reach it.
    "Release queue": ["CustomResourceDefinition queue-flavors", "Namespace queue", "NetworkPolicy queue-ingress"],
    "Flavor queue-flavor": ["Release queue"],
    "ConfigMap queue-config": ["Release queue"],
  });
});

it("makes the objects of a manifest behind namespace and CRDs, without a release", async () => {
  expect(waits(await install({ ...queue, release: null }))).toMatchObject({
    "Flavor queue-flavor": ["CustomResourceDefinition queue-flavors", "Namespace queue", "NetworkPolicy queue-ingress"],
  });
});

it("lets an add-on wait for everything that makes up the one before it", async () => {
  const later: AddOnPlan = {
    ...none,
    key: "later",
    name: "later",
    after: ["queue"],
    release: { name: "later", namespace: "queue-system", chart: "later" },
  };
  const plan = await install(queue, later);
  expect(waits(plan)["Release later"]).toEqual([
    "CustomResourceDefinition queue-flavors",
    "ConfigMap queue-config",
    "Namespace queue",
    "Flavor queue-flavor",
    "Release queue",
    "NetworkPolicy queue-ingress",
  ]);
});

it("gives every object the type of the SDK's class for its kind", async () => {
  const types = (await install(queue)).resources.map((it) => it.type).filter((it) => it.startsWith("kubernetes:"));
  expect(types).toEqual([
    "kubernetes:core/v1:Namespace",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:example.com/v1:Flavor",
    "kubernetes:core/v1:ConfigMap",
  ]);
});
