import { describe, expect, it } from "vitest";
import { limits } from "../../../catalog/limits";
import { schedule, type TimedOperation } from "../../../simulator/rehearsal/schedule";

/** As many operations of a type at once, each as long as said. */
function operations(type: string, count: number, seconds = 0): TimedOperation[] {
  return Array.from({ length: count }, (_, index) => {
    const urn = `urn:pulumi:dev::azure-gpu-cluster::${type}::n${index}`;
    return { urn, type, requested: 0, start: 0, end: seconds, throttledWait: 0 };
  });
}

describe("the time that Azure's throttle needs", () => {
  const bucket = limits.aksPutBucket.value;
  const forOneMore = 60 / limits.aksPutRefillPerMinute.value;

  it.each([
    ["a full bucket of pools", operations("azure-native:containerservice:AgentPool", bucket), 0],
    ["one pool more", operations("azure-native:containerservice:AgentPool", bucket + 1), forOneMore],
    [
      "pools of an API version",
      operations("azure-native:containerservice/v20250101:AgentPool", bucket + 1),
      forOneMore,
    ],
    ["what is not throttled", operations("azure-native:network:Subnet", bucket + 1), 0],
    ["nothing", [], 0],
  ])("for %s follows from their rows", (_, list, seconds) => {
    expect(schedule(list, new Map()).throttleBound).toBe(seconds);
  });
});
