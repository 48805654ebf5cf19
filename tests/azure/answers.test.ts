import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { armOutputs, functionOf } from "../../azure/answers";
import { nilSubscription } from "../../azure/arm-id";

describe("armOutputs", () => {
  it("answers with the ID, the own name, the ARM type and what the row adds", () => {
    const inputs = { resourceGroupName: "rg", accountName: "stgpudev", location: "eastus" };
    const { id, outputs } = armOutputs("azure-native:storage:StorageAccount", inputs, nilSubscription);
    const own = "providers/Microsoft.Storage/storageAccounts/stgpudev";
    expect(id).toBe(`/subscriptions/${nilSubscription}/resourceGroups/rg/${own}`);
    expect(outputs).toMatchObject({
      ...inputs,
      name: "stgpudev",
      type: "Microsoft.Storage/storageAccounts",
      primaryEndpoints: { blob: "https://stgpudev.blob.core.windows.net/" },
    });
  });

  it("fails for a type without a row, by the file to edit", () => {
    expect(() => armOutputs("azure-native:compute:Snapshot", {}, nilSubscription)).toThrow(
      "add Snapshot to azure/compute.ts",
    );
  });
});

describe("functionOf", () => {
  const asker = { subscriptionId: nilSubscription, kubernetesApi: null };
  const credentials = "azure-native:containerservice:listManagedClusterUserCredentials";

  it("knows whom a function asks for, and what of its answer is secret", () => {
    const { of, secrets, answer } = functionOf(credentials);
    expect([of, secrets]).toEqual(["azure-native:containerservice:ManagedCluster", ["kubeconfigs"]]);
    const { kubeconfigs } = answer({ resourceName: "aks" }, asker) as { kubeconfigs: [{ value: string }] };
    expect(parse(Buffer.from(kubeconfigs[0].value, "base64").toString())).toMatchObject({
      kind: "Config",
      clusters: [{ name: "aks", cluster: { server: "https://aks.hcp.azmk8s.io:443" } }],
    });
  });

  it("answers who asks", () => {
    const { of, answer } = functionOf("azure-native:authorization:getClientConfig");
    expect(of).toBeNull();
    expect(answer({}, asker)["subscriptionId"]).toBe(nilSubscription);
  });

  it("fails for a function that nobody answers, by the file to edit", () => {
    expect(() => functionOf("azure-native:network:getVirtualNetwork")).toThrow(
      "No answer is known for azure-native:network:getVirtualNetwork: add it to a row in azure/network.ts",
    );
  });
});
