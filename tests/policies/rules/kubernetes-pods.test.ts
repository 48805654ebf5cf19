import { describe, expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { containers, podSpecs, runningContainers } from "../../../policies/rules/kubernetes/pods";
import { resource } from "../harness";

const anyKind = "kubernetes:example.com/v1:Thing";
const named = { name: "main" };
const withImage = { name: "main", image: "mcr.microsoft.com/main:1" };

/** Paths of what is found in an object: pod specs, containers and those that run. */
function found(inputs: object, type = anyKind) {
  const object = resource(type, inputs);
  return {
    specs: podSpecs(object).map(({ path }) => path),
    containers: containers(object),
    running: runningContainers(object).map(({ path }) => path),
  };
}

const nothing = { specs: [], containers: [], running: [] };

describe("a kind of Kubernetes", () => {
  it.each([
    ["core/v1:Pod", "spec"],
    ["apps/v1:Deployment", "spec.template.spec"],
    ["apps/v1:DaemonSet", "spec.template.spec"],
    ["apps/v1:StatefulSet", "spec.template.spec"],
    ["apps/v1:ReplicaSet", "spec.template.spec"],
    ["batch/v1:Job", "spec.template.spec"],
    ["batch/v1:CronJob", "spec.jobTemplate.spec.template.spec"],
  ])("%s has its pod spec at %s, also where nothing is written there", (type, path) => {
    expect(podSpecs(resource(`kubernetes:${type}`, {}))).toEqual([{ path, containers: [], whole: true }]);
  });

  it("has containers of three lists, all of which run", () => {
    const pod = resource("kubernetes:core/v1:Pod", {
      spec: { ephemeralContainers: [named], initContainers: [named, named], containers: [named] },
    });
    const paths = [
      "spec.containers[0]",
      "spec.initContainers[0]",
      "spec.initContainers[1]",
      "spec.ephemeralContainers[0]",
    ];
    expect(podSpecs(pod)).toEqual([{ path: "spec", containers: paths, whole: true }]);
    expect(containers(pod)).toEqual(paths);
    expect(runningContainers(pod)).toEqual(paths.map((path) => ({ path, pod: "spec" })));
  });

  it("has no pod but its own, whatever else looks like one", () => {
    const metadata = { annotations: { containers: [withImage] } };
    expect(found({ metadata, spec: { containers: [named] } }, "kubernetes:core/v1:Pod")).toEqual({
      specs: ["spec"],
      containers: ["spec.containers[0]"],
      running: ["spec.containers[0]"],
    });
  });

  it.each(["containers", "initContainers", "ephemeralContainers"])("skips what is not known of %s", (list) => {
    expect(containers(resource("kubernetes:core/v1:Pod", { spec: { [list]: [unknownValue, named] } }))).toEqual([
      `spec.${list}[1]`,
    ]);
    expect(containers(resource("kubernetes:core/v1:Pod", { spec: { [list]: unknownValue } }))).toEqual([]);
  });
});

describe("any other kind", () => {
  it("may hold several pods, each with containers of its own", () => {
    const thing = resource(anyKind, {
      spec: { worker: { containers: [withImage, named] }, workers: { containers: [named], initContainers: [named] } },
    });
    const [worker, workers] = [
      ["spec.worker.containers[0]", "spec.worker.containers[1]"],
      ["spec.workers.containers[0]", "spec.workers.initContainers[0]"],
    ];
    expect(podSpecs(thing)).toEqual([
      { path: "spec.worker", containers: worker, whole: true },
      { path: "spec.workers", containers: workers, whole: false },
    ]);
    expect(containers(thing)).toEqual([...worker, ...workers]);
    expect(runningContainers(thing)).toEqual([{ path: "spec.worker.containers[0]", pod: "spec.worker" }]);
  });

  it("may hold a pod inside of a pod, and a container belongs to the inner one", () => {
    const inner = { hostPID: true, containers: [withImage] };
    const thing = resource(anyKind, { spec: { hostIPC: true, template: inner } });
    expect(runningContainers(thing)).toEqual([{ path: "spec.template.containers[0]", pod: "spec.template" }]);
  });

  it("may keep containers outside of a pod spec: as a step, a script or a list that is named for them", () => {
    const thing = resource(anyKind, {
      steps: [{ container: withImage }, { script: withImage }, withImage, { name: "by reference" }],
      sidecarContainers: Array.from({ length: 11 }, () => withImage),
      sidecars: [withImage],
      spec: { predictor: { model: withImage, minReplicas: 1 }, explainer: { art: withImage } },
      model: withImage,
    });
    expect(podSpecs(thing)).toEqual([]);
    expect(runningContainers(thing).map(({ path }) => path)).toEqual([
      "steps[0].container",
      "steps[1].script",
      "steps[2]",
      ...Array.from({ length: 11 }, (_, at) => `sidecarContainers[${at}]`),
      "sidecars[0]",
      "spec.predictor.model",
      "spec.explainer.art",
    ]);
    expect(runningContainers(thing).every(({ pod }) => pod === undefined)).toBe(true);
  });

  it("names images of its own in settings, which are no containers that run", () => {
    expect(found({ spec: { driver: { image: "driver" }, containerImage: { image: "x" } } })).toEqual({
      specs: [],
      containers: ["spec.driver", "spec.containerImage"],
      running: [],
    });
  });

  it("says for whom a security context is, without an image", () => {
    expect(found({ spec: { driver: { securityContext: {} }, other: { name: "x" } } })).toEqual({
      ...nothing,
      containers: ["spec.driver"],
    });
  });

  it("is a pod by a security context beside its containers, and no container", () => {
    expect(found({ spec: { securityContext: {}, containers: [named] } })).toEqual({
      specs: ["spec"],
      containers: ["spec.containers[0]"],
      running: [],
    });
  });

  it.each(["hostNetwork", "hostPID", "hostIPC"])("is a pod by %s alone", (flag) => {
    expect(found({ spec: { [flag]: false } })).toEqual({ ...nothing, specs: ["spec"] });
  });

  it.each([
    ["names of containers", { containers: ["main"] }],
    ["the schema of a list", { containers: { items: { type: "object" } } }],
    ["containers by name", { containers: { main: named } }],
    ["an empty list", { containers: [] }],
    ["nothing", { containers: null, template: null }],
    ["a list of steps", { steps: [named, named] }],
    ["lists in a list", { rows: [[named]] }],
  ])("is no pod by %s", (_, spec) => {
    expect(found({ spec })).toEqual(nothing);
  });

  it("is no pod and no container itself", () => {
    expect(found({ hostNetwork: true, containers: ["x"], image: "x", securityContext: {} })).toEqual(nothing);
  });

  it("is a pod by one container among nonsense, known or not", () => {
    expect(found({ spec: { containers: ["x", named] } })).toEqual({
      specs: ["spec"],
      containers: ["spec.containers[1]"],
      running: [],
    });
    expect(found({ spec: { containers: [unknownValue, "x"] } })).toEqual({ ...nothing, specs: ["spec"] });
    expect(found({ spec: { containers: unknownValue } })).toEqual({ ...nothing, specs: ["spec"] });
  });

  it.each(["spec", "template", "workerTemplate"])("may hide a pod below %s while it is not known", (key) => {
    expect(found({ [key]: unknownValue })).toEqual({ ...nothing, specs: [key] });
    expect(found({ parts: [{ [key]: unknownValue }] })).toEqual({ ...nothing, specs: [`parts[0].${key}`] });
  });

  it.each(["specification", "podspec", "templates", "status"])("hides none below %s", (key) => {
    expect(found({ [key]: unknownValue })).toEqual(nothing);
  });
});

it.each(["helm.sh/v3:Release", "kustomize/v2:Directory", "yaml/v2:ConfigGroup"])(
  "%s holds no pods: its values mean what its templates make of them",
  (type) => {
    const values = { hostNetwork: true, containers: [withImage], template: unknownValue };
    expect(found({ values }, `kubernetes:${type}`)).toEqual(nothing);
  },
);
