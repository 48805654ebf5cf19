import { expect, it } from "vitest";
import { commandText } from "../../core/command-text";
import { azureCommands } from "../../replacement/azure-commands";

const names = { resourceGroupName: "rg-gpu", clusterName: "aks-gpu" };
const cluster = "--resource-group rg-gpu --cluster-name aks-gpu";

it("deletes the machine, and gives a pool with a fixed count its node back", () => {
  const {
    show,
    delete: remove,
    scale,
  } = azureCommands({ name: "aks-h100-0", subscriptionId: "s-1" }, { name: "h100d1", count: 8 }, names);
  expect([show, remove, scale ?? []].map(commandText)).toEqual([
    `az aks nodepool show ${cluster} --name h100d1 --query count -o tsv --subscription s-1`,
    `az aks nodepool delete-machines ${cluster} --nodepool-name h100d1 --machine-names aks-h100-0 --subscription s-1`,
    `az aks nodepool scale ${cluster} --name h100d1 --node-count 8 --subscription s-1`,
  ]);
});

it("never scales a pool that an autoscaler counts, and leaves the subscription to az where the node does not say it", () => {
  const { show, scale } = azureCommands(
    { name: "aks-h100-0", subscriptionId: null },
    { name: "a10", count: null },
    names,
  );
  expect([commandText(show), scale]).toEqual([`az aks nodepool show ${cluster} --name a10 --query count -o tsv`, null]);
});

it("quotes what a shell would read otherwise", () => {
  expect(commandText(["--resource-group", "it's (mine)"])).toBe(`az --resource-group 'it'\\''s (mine)'`);
});
