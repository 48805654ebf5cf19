import { expect, it } from "vitest";
import { armTypes } from "../../azure/arm-types";
import { countedTypes } from "../../azure/counted-types";
import { linkedAction, linkedTypes } from "../../azure/linked-actions";
import { nameAvailability } from "../../azure/name-availability";
import { rows } from "../../azure/rows";

it("each type with a name that the whole world shares says how Azure is asked whether it is free", () => {
  const shared = [...rows].flatMap(([token, { worldName }]) => (worldName === null ? [] : token));
  expect(shared).not.toEqual([]);
  expect(shared.filter((it) => !Object.hasOwn(nameAvailability, it))).toEqual([]);
});

it("a question to a resource takes a right on its type", () => {
  const asked = [...rows].flatMap(([token, { functions }]) =>
    Object.entries(functions ?? {}).map(([name, { action }]) => ({
      name,
      action,
      arm: armTypes.get(token)?.arm ?? "",
    })),
  );
  expect(asked).not.toEqual([]);
  expect(asked.filter(({ action, arm }) => action?.startsWith(`${arm}/`) !== true)).toEqual([]);
});

it("an endpoint is approved by whoever makes it, whatever it leads to; the subnet that it lies in is joined", () => {
  const endpoint = "Microsoft.Network/privateEndpoints";
  const ends = [...rows].flatMap(([token, { privateEndpoints }]) =>
    privateEndpoints === null ? [] : (armTypes.get(token)?.arm ?? ""),
  );
  expect(ends).not.toEqual([]);
  expect(ends.map((it) => linkedAction(it, endpoint))).toEqual(
    ends.map((it) => `${it}/privateEndpointConnectionsApproval/action`),
  );
  const subnet = "Microsoft.Network/virtualNetworks/subnets";
  expect(linkedAction(subnet, endpoint)).toBe(`${subnet}/join/action`);
});

it("what is known of types is known of types that there are", () => {
  const tokens = [...Object.keys(nameAvailability), ...Object.keys(countedTypes)];
  expect(tokens.filter((it) => !armTypes.has(it))).toEqual([]);
  const arm = new Set([...armTypes.values()].map((it) => it.arm));
  expect(linkedTypes.filter((it) => !arm.has(it))).toEqual([]);
  expect(linkedTypes.filter((it) => linkedAction(it, "")?.startsWith(`${it}/`) !== true)).toEqual([]);
});

it("a network is joined by what lies in it, and peered with by a peering", () => {
  const network = "Microsoft.Network/virtualNetworks";
  expect(
    ["Microsoft.Network/privateDnsZones/virtualNetworkLinks", `${network}/virtualNetworkPeerings`].map((it) =>
      linkedAction(network, it),
    ),
  ).toEqual([`${network}/join/action`, `${network}/peer/action`]);
  expect(linkedAction("Microsoft.Compute/disks", network)).toBeUndefined();
});
