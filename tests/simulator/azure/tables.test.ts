import { describe, expect, it } from "vitest";
import { armTypes } from "../../../azure/arm-id";
import { immutableAt, immutableProperties, typesWithImmutableProperties } from "../../../simulator/azure/immutable";
import { latencyOf, operationSeconds } from "../../../simulator/azure/latency";
import { typeShape } from "../../../simulator/azure/type-shape";

describe("what the simulator knows of the types", () => {
  it.each([...armTypes])("%s: the SDK has it, and takes its names", (token, { names }) => {
    const shape = typeShape(token);
    expect(shape?.inputs).toEqual(expect.arrayContaining([...names]));
    expect(shape?.outputs).toContain("azureApiVersion");
  });

  it("reads inputs, outputs and required properties apart", () => {
    const shape = typeShape("azure-native:containerservice:AgentPool");
    expect(shape?.inputs).toEqual(expect.arrayContaining(["vmSize", "gatewayProfile", "type"]));
    expect(shape?.inputs).not.toContain("provisioningState");
    expect(shape?.outputs).toEqual(expect.arrayContaining(["provisioningState", "name"]));
    expect(shape?.required).toEqual(["resourceGroupName", "resourceName"]);
  });

  it("knows no type that the SDK lacks", () => {
    expect(typeShape("azure-native:network:NoSuchThing")).toBeUndefined();
    expect(typeShape("kubernetes:core/v1:Pod")).toBeUndefined();
  });

  it.each(typesWithImmutableProperties)("%s: immutable properties are inputs, and no name or location", (token) => {
    const names = [...(armTypes.get(token)?.names ?? []), "location"];
    for (const { path, source } of immutableProperties(token)) {
      const top = /^\w+/.exec(path)?.[0] ?? "";
      expect(typeShape(token)?.inputs).toContain(top);
      expect(names).not.toContain(path);
      expect(source).not.toBe("");
    }
  });

  it("covers what lies below an immutable property, and nothing beside it", () => {
    const pool = "azure-native:containerservice:AgentPool";
    expect(immutableAt(pool, "vmSize")?.onChange).toBe("replace");
    expect(immutableAt(pool, "kubeletConfig.cpuManagerPolicy")?.onChange).toBe("refuse");
    expect(immutableAt(pool, "availabilityZones[0]")?.onChange).toBe("refuse");
    expect(immutableAt(pool, "vmSizeOfOther")).toBeUndefined();
    expect(immutableAt(pool, "maxCount")).toBeUndefined();
    const cluster = "azure-native:containerservice:ManagedCluster";
    expect(immutableAt(cluster, "agentPoolProfiles[0].vmSize")?.onChange).toBe("refuse");
    expect(immutableAt(cluster, "agentPoolProfiles[0].count")).toBeUndefined();
  });

  it("takes time for everything, and says where it is from", () => {
    for (const token of armTypes.keys()) {
      for (const kind of ["create", "update", "delete"] as const) {
        expect(operationSeconds(token, kind, {})).toBeGreaterThan(0);
      }
      expect(latencyOf(token).source).not.toBe("");
    }
  });

  it("takes longer for nodes, and longer still for GPUs", () => {
    const pool = (inputs: { vmSize: string; count: number }): number =>
      operationSeconds("azure-native:containerservice:AgentPool", "create", inputs);
    const [empty, plain, gpu, more] = [
      pool({ vmSize: "Standard_ND96isr_H100_v5", count: 0 }),
      pool({ vmSize: "Standard_D4ds_v5", count: 2 }),
      pool({ vmSize: "Standard_ND96isr_H100_v5", count: 2 }),
      pool({ vmSize: "Standard_ND96isr_H100_v5", count: 64 }),
    ];
    expect([empty < plain, plain < gpu, gpu < more]).toEqual([true, true, true]);
  });
});
