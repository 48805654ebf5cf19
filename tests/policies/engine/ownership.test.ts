import { expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { belongsTo } from "../../../policies/engine/ownership";
import { types } from "../../../policies/engine/types";
import { resource } from "../harness";

const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedclusters/aks-1";
const one = [{ resourceName: "aks-1" }];

it.each<[string, object, readonly object[], boolean]>([
  ["a pool that names its cluster, in any case", { resourceName: "AKS-1" }, one, true],
  ["a pool that names another one", { resourceName: "aks-2" }, one, false],
  ["a pool that is there already, by its ID", { id: `${id}/agentPools/p` }, one, true],
  ["a pool with the ID of another cluster", { id: `${id}0/agentPools/p` }, one, false],
  ["a cluster by a name alone", { resourceName: "aks-1" }, [{ name: "aks-1" }], true],
  ["another cluster by a name alone", { resourceName: "aks-1" }, [{ name: "aks-2" }], false],
  ["a cluster that is there already", { resourceName: "aks-1" }, [{ id }], true],
  ["another cluster that is there already", { resourceName: "aks-2" }, [{ id }], false],
  ["a name that is not known, of the only cluster", { resourceName: unknownValue }, one, true],
  ["a name that is not known, of one of two", { resourceName: unknownValue }, [...one, {}], false],
  ["an ID that is not known, of the only cluster", { id: unknownValue }, one, true],
  ["an ID that is not known, of one of two", { id: unknownValue }, [...one, {}], false],
  ["the only cluster, whose name is not known", { resourceName: "aks-1" }, [{ resourceName: unknownValue }], true],
  ["one of two whose name is not known", { resourceName: "aks-1" }, [{ resourceName: unknownValue }, {}], false],
  ["a pool that names none", {}, one, false],
  ["a pool with the ID of something else", { id: "/subscriptions/s" }, one, false],
])("knows whose child is %s", (_, child, parents, belongs) => {
  const [parent = resource(types.cluster, {}), ...more] = parents.map((it) => resource(types.cluster, it));
  expect(belongsTo(resource(types.nodePool, child), parent, [parent, ...more], "cluster")).toBe(belongs);
});

it("knows a subnet by the name of its network", () => {
  const network = resource(types.virtualNetwork, { virtualNetworkName: "v" });
  const subnet = (inputs: object): boolean => belongsTo(resource(types.subnet, inputs), network, [network], "network");
  expect(subnet({ virtualNetworkName: "V" })).toBe(true);
  expect(subnet({ id: "/x/virtualNetworks/v/subnets/s" })).toBe(true);
  expect(subnet({ id: "/x/virtualNetworks/w/subnets/s" })).toBe(false);
});
