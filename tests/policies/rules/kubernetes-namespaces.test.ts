import { describe, expect, it } from "vitest";
import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import {
  isNodeDriver,
  objectsIn,
  tenantNamespaces,
  undecided,
  workloadOf,
} from "../../../policies/rules/kubernetes/namespaces";
import { changed } from "../harness";
import { denyAll, namespace, pod, quota, workload } from "../kubernetes-fixtures";

const label = `metadata.labels["${labels.workload}"]`;
const platform = changed(namespace, { [label]: "platform" });
const silent = changed(namespace, { [label]: undefined });
const second = changed(quota, { "metadata.name": "second" });
const elsewhere = changed(quota, { "metadata.namespace": "train-audio" });
const nowhere = changed(quota, { "metadata.namespace": undefined });

describe("a namespace", () => {
  it("is a team's if it says what it is for, and it is not the platform", () => {
    const labelled = changed(pod, { [label]: "training" });
    expect(tenantNamespaces([platform, silent, labelled, namespace])).toEqual([namespace]);
    expect([namespace, platform, silent].map(workloadOf)).toEqual(["training", "platform", undefined]);
  });

  it("has the objects of a type that name it, in their order", () => {
    const resources = [quota, elsewhere, denyAll, nowhere, second];
    expect(objectsIn(namespace, resources, types.resourceQuota)).toEqual([quota, second]);
    expect(objectsIn(namespace, resources, types.networkPolicy)).toEqual([denyAll]);
    expect(objectsIn(namespace, resources, types.ciliumNetworkPolicy)).toEqual([]);
    expect(objectsIn(namespace, resources, types.resourceQuota)).toEqual([quota, second]);
  });

  it("has none while its own name is not known or not written", () => {
    for (const name of [undefined, unknownValue]) {
      const nameless = changed(namespace, { "metadata.name": name });
      expect(objectsIn(nameless, [quota, nowhere], types.resourceQuota)).toEqual([]);
    }
  });
});

describe("what a namespace lacks", () => {
  const hidden = changed(quota, { "metadata.namespace": unknownValue });
  const vague = changed(quota, { "spec.hard": unknownValue });

  it("is decided when all is known", () => {
    expect(undecided([quota, elsewhere], types.resourceQuota, [quota], "spec.hard")).toEqual([]);
  });

  it("may be an object whose namespace is not known, of the same type", () => {
    const said = [{ path: "metadata.namespace", unknown: true, urn: hidden.urn }];
    expect(undecided([elsewhere, hidden], types.resourceQuota, [quota], "spec.hard")).toEqual(said);
    expect(undecided([hidden], types.networkPolicy, [quota], "spec.hard")).toEqual([]);
  });

  it("may be in one of its own objects that is not known yet", () => {
    const said = [{ path: "spec.hard", unknown: true, urn: vague.urn }];
    expect(undecided([quota, vague], types.resourceQuota, [quota, vague], "spec.hard")).toEqual(said);
  });
});

it.each([
  ["a DaemonSet of the platform", changed(workload("DaemonSet"), { [label]: "platform" }), true],
  ["a DaemonSet of a team", changed(workload("DaemonSet"), { [label]: "training" }), false],
  ["a Deployment of the platform", changed(workload("Deployment"), { [label]: "platform" }), false],
])("%s is a driver of nodes: %s", (_, object, driver) => expect(isNodeDriver(object)).toBe(driver));
