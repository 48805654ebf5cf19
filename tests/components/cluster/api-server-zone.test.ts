import { expect, it } from "vitest";
import { ApiServerZone } from "../../../components/cluster/api-server-zone";
import { allOf, idOf, only, recorded, scope, tree } from "../../recorded";

const networks = {
  cluster: idOf("Microsoft.Network/virtualNetworks/vnet"),
  "peer-hub": "/subscriptions/other/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
};
const privateZoneName = "gpu-dev.private.eastus.azmk8s.io";

it("is seen by every network that it is told, and registers no machine of theirs", async () => {
  const plan = await recorded(
    () => new ApiServerZone("aks", { scope, privateZoneName, virtualNetworkResourceIds: networks }),
  );
  expect(tree(plan)).toEqual([
    "ApiServerZone aks",
    "PrivateZone aks < ApiServerZone aks",
    "VirtualNetworkLink aks-cluster < ApiServerZone aks",
    "VirtualNetworkLink aks-peer-hub < ApiServerZone aks",
  ]);
  const common = { resourceGroupName: "rg-test", tags: scope.tags, location: "global", privateZoneName };
  expect(only(plan, "azure-native:privatedns:PrivateZone").inputs).toEqual(common);
  expect(allOf(plan, "azure-native:privatedns:VirtualNetworkLink").map((it) => it.inputs)).toEqual(
    Object.entries(networks).map(([virtualNetworkLinkName, id]) => ({
      ...common,
      virtualNetworkLinkName,
      virtualNetwork: { id },
      registrationEnabled: false,
    })),
  );
});
