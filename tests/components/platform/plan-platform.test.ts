import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AddOn, AddOnContents } from "../../../components/platform/add-on";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { problemsOf } from "../../recorded";
import { pool } from "./facts";

const facts = { kubernetesVersion: "1.36", pools: [pool("h100")] };
const nothing: AddOnContents = { values: {}, crds: null, objects: null, handsOver: null };
const chart = {
  chart: "small",
  version: "1.0.0",
  repository: "https://charts.example.com",
  source: "test",
  crds: null,
};

/** A throw-away row: wanted by everybody, in a namespace of its own, without settings. */
function row(name: string, facets: Partial<AddOn> = {}): AddOn {
  return {
    name,
    gives: "nothing",
    verify: "true",
    wanted: { when: "always", holds: () => true },
    needs: [],
    after: [],
    namespace: { name, podSecurity: "restricted", ingressPorts: [] },
    release: { name, chart, timeoutSeconds: 60 },
    generalCpus: 0,
    manifest: null,
    aliases: [],
    settings: z.strictObject({}),
    contents: () => nothing,
    ...facets,
  };
}

const settings = z.strictObject({ replicas: z.int().default(2) });

/** A whole add-on with one setting. */
const small: AddOn<typeof settings> = {
  name: "small",
  gives: "one setting",
  verify: "kubectl get small",
  wanted: null,
  needs: [],
  after: [],
  namespace: { name: "small-system", podSecurity: "baseline", ingressPorts: [9443] },
  release: { name: "small", chart, timeoutSeconds: 60 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ settings: { replicas }, facts: { pools }, installed }) => ({
    ...nothing,
    values: { replicas, pools: pools.map((it) => it.key), withOther: installed.has("other") },
  }),
};

/** Keys of what a plan installs, in its order. */
const order = (
  rows: Readonly<Record<string, AddOn>>,
  choices: Readonly<Record<string, unknown>> = {},
  of = facts,
): string[] => planPlatform(rows, choices, of).addOns.map((it) => it.key);

describe("an add-on with one setting", () => {
  it("is nothing while nobody wants it", () => {
    expect(planPlatform({ small }, {}, facts)).toEqual({ addOns: [], fetches: [], handsOver: {} });
  });

  it("is installed with its defaults by an empty mapping, whole", () => {
    expect(planPlatform({ small }, { small: {} }, facts).addOns).toEqual([
      {
        key: "small",
        name: "small",
        aliases: [],
        after: [],
        namespace: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "small-system",
            labels: {
              "pod-security.kubernetes.io/enforce": "baseline",
              "pod-security.kubernetes.io/warn": "restricted",
              "pod-security.kubernetes.io/audit": "restricted",
              "pod-security.kubernetes.io/enforce-version": "v1.36",
              "azure-gpu-cluster/workload": "platform",
            },
          },
        },
        ingress: {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: "ingress", namespace: "small-system" },
          spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }] },
        },
        release: {
          name: "small",
          namespace: "small-system",
          chart: "small",
          version: "1.0.0",
          repositoryOpts: { repo: "https://charts.example.com" },
          atomic: true,
          timeout: 60,
          values: { replicas: 2, pools: ["h100"], withOther: false },
        },
        crds: {},
        objects: {},
        handsOver: {},
      },
    ]);
  });

  it("takes the setting, and knows what else is installed", () => {
    const plan = planPlatform({ small, other: row("other") }, { small: { replicas: 3 } }, facts);
    expect(plan.addOns[0]?.release?.values).toEqual({ replicas: 3, pools: ["h100"], withOther: true });
  });

  it("fails on a setting that it does not have, and on one of the wrong type", () => {
    expect(problemsOf(() => planPlatform({ small }, { small: { replica: 3 } }, facts))).toEqual([
      "small.replica: is not a known key; unknown keys are never ignored. Did you mean replicas?",
    ]);
    expect(problemsOf(() => planPlatform({ small }, { small: { replicas: "3" } }, facts))).toEqual([
      'small.replicas: must be a whole number; got "3" (text). Write 3 without quotes',
    ]);
  });

  it("fails under a key that no add-on has", () => {
    expect(problemsOf(() => planPlatform({ small }, { smal: {} }, facts))).toEqual([
      "smal: is not an add-on. Closest: small",
    ]);
  });
});

describe("which add-ons", () => {
  const rows = {
    operator: row("operator", { needs: ["certificates"] }),
    certificates: row("certificates", { wanted: null }),
  };

  it("is what the facts want, with what that needs, first", () => {
    expect(order(rows)).toEqual(["certificates", "operator"]);
  });

  it("is neither when the one that needs the other is refused", () => {
    expect(order(rows, { operator: false })).toEqual([]);
  });

  it("fails when one is refused that another needs", () => {
    expect(problemsOf(() => order(rows, { certificates: false }))).toEqual([
      "certificates: cannot be left out: operator needs it; got false. Remove it, or write operator: false as well",
    ]);
  });
});

describe("the order", () => {
  it("is the list's, but one `after` another comes behind it and waits for it", () => {
    const rows = { queue: row("queue", { after: ["jobs"] }), free: row("free"), jobs: row("jobs") };
    expect(order(rows)).toEqual(["jobs", "queue", "free"]);
    const waits = planPlatform(rows, {}, facts).addOns.map((it) => it.after);
    expect(waits).toEqual([[], ["jobs"], []]);
  });

  it("waits for none that is not installed", () => {
    const rows = { queue: row("queue", { after: ["jobs"] }), jobs: row("jobs") };
    const [queue, ...rest] = planPlatform(rows, { jobs: false }, facts).addOns;
    expect([queue?.key, queue?.after, rest]).toEqual(["queue", [], []]);
  });

  it("fails on a circle, by name, whether or not it is wanted", () => {
    const rows = {
      a: row("a", { after: ["b"], wanted: null }),
      b: row("b", { needs: ["c"], wanted: null }),
      c: row("c", { after: ["a"], wanted: null }),
    };
    expect(problemsOf(() => order(rows))).toEqual(["c: cannot wait for itself: a -> b -> c -> a"]);
  });

  it("fails on an add-on that needs one that is not there, and waits for nobody who is not", () => {
    expect(problemsOf(() => order({ a: row("a", { needs: ["nobody"] }) }))).toEqual([
      'a: must need an add-on that exists; got "nobody"',
    ]);
    expect(order({ a: row("a", { after: ["nobody"] }) })).toEqual(["a"]);
  });

  it("waits, among those of the project, only for some that exist", () => {
    const waitedFor = Object.values<AddOn>(addOns).flatMap(({ after }) => after);
    expect(waitedFor.filter((it) => !(it in addOns))).toEqual([]);
  });
});

it("closes a namespace in which nothing is reached to everybody", () => {
  const [plan] = planPlatform({ a: row("a") }, {}, facts).addOns;
  expect(plan?.ingress?.["spec"]).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
});

describe("a namespace that several share", () => {
  const rows = {
    labeller: row("labeller", { namespace: { of: "nodeHealth" } }),
    nodeHealth: row("node-health", { wanted: null, release: null }),
  };

  it("is there before them and belongs to none of them", () => {
    const { addOns: plans } = planPlatform(rows, {}, facts);
    expect(plans.map((it) => [it.key, it.namespace?.metadata.name, it.release?.namespace, it.after])).toEqual([
      ["nodeHealth", "node-health", undefined, []],
      ["labeller", undefined, "node-health", ["nodeHealth"]],
    ]);
  });

  it("fails for a release without any", () => {
    expect(problemsOf(() => order({ lost: row("lost", { namespace: null }) }))).toEqual([
      "lost.namespace: must be one that exists: a release lives in it",
    ]);
  });
});

it("fails on an object whose resource could meet one of another add-on", () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "counters" } };
  const contents = (): AddOnContents => ({ ...nothing, objects: { "a-counters": object, counters: object } });
  expect(problemsOf(() => order({ a: row("a", { contents }) }))).toEqual([
    'a.objects: must be named a or a-<role>; got "counters"',
  ]);
});

describe("the rows of the project", () => {
  const rows = Object.values<AddOn>(addOns);

  it("have names, namespaces and releases of their own", () => {
    for (const names of [
      rows.map((it) => it.name),
      rows.flatMap(({ namespace }) => (namespace !== null && "name" in namespace ? [namespace.name] : [])),
      rows.flatMap(({ release }) => release?.name ?? []),
    ]) {
      expect(names.filter((it, at) => names.indexOf(it) !== at)).toEqual([]);
    }
  });

  it("wait for one another in no circle", () => {
    expect(order(addOns, {}, { ...facts, pools: [] })).toEqual(["teamFence"]);
  });
});
