import { expect, it } from "vitest";
import { shippedPreview } from "../shipped-previews";
import type { shippedStacks } from "../stack-files";

/** What the settings of an environment record, by the last part of the ID that they hang on. */
async function recordedIn(stack: keyof typeof shippedStacks): Promise<string[]> {
  const { plan } = await shippedPreview(stack);
  return plan.resources
    .filter((it) => it.type === "azure-native:monitor:DiagnosticSetting")
    .map(({ name, inputs }) => `${name}: ${String(inputs["resourceUri"]).split("/providers/")[1] ?? ""}`);
}

it("keeps the logs of the cluster and of every store that the environment has", async () => {
  expect(await recordedIn("staging")).toEqual([
    "audit-aks: Microsoft.ContainerService/managedClusters/aks-gpu-staging-eastus2",
    expect.stringMatching(/^audit-lustre: Microsoft.StorageCache\/amlFilesystems\//),
    expect.stringMatching(/^audit-data: Microsoft.Storage\/storageAccounts\/\w+\/blobServices\/default$/),
  ]);
});

it("is left out where nobody asks for it", async () => {
  expect(await recordedIn("dev")).toEqual([]);
});
