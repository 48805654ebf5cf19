import { parseArmId } from "../../azure/arm-id";
import { checkName } from "../../azure/check-name";
import { isUuid } from "../../core/names";
import type { Problems } from "../../core/problems";

const form = "/subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>";

/** Notes a problem unless a text is an ARM ID that a virtual network can have. */
export function checkNetworkId(path: string, id: string, problems: Problems): void {
  const said = parseArmId(id);
  const isNetwork =
    said !== undefined &&
    said.arm.toLowerCase() === "microsoft.network/virtualnetworks" &&
    said.scope.toLowerCase() ===
      `/subscriptions/${said.subscriptionId}/resourceGroups/${said.resourceGroupName}`.toLowerCase();
  problems.require(isNetwork, path, "must be the ARM ID of a virtual network", { got: id, remedy: `Write ${form}` });
  if (!isNetwork) return;
  problems.require(isUuid(said.subscriptionId ?? ""), path, "must name a subscription by its UUID, not all zeros", {
    got: said.subscriptionId,
  });
  checkName("resources:ResourceGroup", said.resourceGroupName ?? "", problems, path);
  checkName("network:VirtualNetwork", said.names[0] ?? "", problems, path);
}
