import { expect, it } from "vitest";
import { features } from "../../preflight/features";
import { absent, found, silent, told } from "./answers";

const feature = {
  namespace: "Microsoft.ContainerService",
  feature: "AKSInfinibandSupport",
  source: "",
  sizes: ["Standard_A"],
};

it.each<[wanted: "registered" | "not registered", state: string | null, verdict: string]>([
  ["registered", "Registered", "ok"],
  ["registered", "Registering", "missing"],
  ["registered", "Pending", "missing"],
  ["registered", "NotRegistered", "missing"],
  ["registered", "Unregistering", "missing"],
  ["registered", null, "missing"],
  ["not registered", "Registered", "missing"],
  ["not registered", "NotRegistered", "ok"],
  ["not registered", "Unregistered", "ok"],
  ["not registered", "Unregistering", "warning"],
  ["not registered", "Pending", "warning"],
  ["not registered", null, "ok"],
])("wanted %s, and %s", (wanted, state, verdict) => {
  const answer = state === null ? absent : found({ properties: { state } });
  const needs = { subscriptionId: "one", features: [{ ...feature, wanted }] };
  expect(told(features.judge(needs, [answer]))).toEqual([[verdict, state ?? "NotRegistered"]]);
  expect(told(features.judge(needs, [silent]))).toEqual([["unknown", "could not be asked: Azure failed"]]);
});
