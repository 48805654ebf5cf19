import { describe, expect, it } from "vitest";
import { readFaults, takeFault, type Fault, type FaultTarget } from "../../../simulator/azure/fault";

const target: FaultTarget = {
  type: "azure-native:containerservice:AgentPool",
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/agentPools/h100",
  kind: "create",
};

describe("a fault", () => {
  it.each<[string, Partial<Fault>, boolean]>([
    ["anything", {}, true],
    ["its type", { type: "azure-native:containerservice:AgentPool" }, true],
    ["its type with an API version", { type: "azure-native:containerservice/v20250901:AgentPool" }, true],
    ["its name", { name: "h100" }, true],
    ["its ARM ID in another case", { name: target.id.toUpperCase() }, true],
    ["another type", { type: "azure-native:network:Subnet" }, false],
    ["the end of its name", { name: "100" }, false],
    ["another operation", { operation: "delete" }, false],
  ])("that names %s fits or not", (_, part, fits) => {
    const { fault } = takeFault([{ kind: "conflict", ...part }], target);
    expect(fault !== undefined).toBe(fits);
  });

  it("hits as often as it should, then is gone", () => {
    const once = takeFault([{ kind: "conflict", count: 2 }], target);
    expect(once.rest).toEqual([{ kind: "conflict", count: 1 }]);
    expect(takeFault(once.rest, target).rest).toEqual([]);
  });

  it("fails when it is misspelt", () => {
    expect(() => readFaults([{ kind: "quota" }], "faults.json")).toThrow("faults.json is wrong");
    expect(() => readFaults([{ kind: "conflict", nmae: "x" }], "faults.json")).toThrow("nmae");
    expect(readFaults([{ kind: "conflict", name: "x" }], "faults.json")).toEqual([{ kind: "conflict", name: "x" }]);
  });

  it("leaves the others alone", () => {
    const other: Fault = { kind: "throttled", name: "other" };
    expect(takeFault([other, { kind: "conflict" }], target)).toEqual({ fault: { kind: "conflict" }, rest: [other] });
  });
});
