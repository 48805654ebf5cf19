import { expect, it } from "vitest";
import { checkId } from "../../azure/check-id";
import { Problems } from "../../core/problems";

const group = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-hub";
const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;

function problemsWith(id: string): string[] {
  const problems = new Problems();
  checkId({ token: "network:VirtualNetwork", what: "virtual network" }, id, "hub", problems);
  return problems.list.map((it) => it.rule);
}

it.each([network, network.toUpperCase(), network.toLowerCase()])("takes %s", (id) => {
  expect(problemsWith(id)).toEqual([]);
});

const another = ["must be the ARM ID of a virtual network"];
it.each([
  ["nothing", "", another],
  ["a name", "hub", another],
  ["a group", group, another],
  ["another type", `${group}/providers/Microsoft.Network/natGateways/hub`, another],
  ["a child", `${network}/subnets/nodes`, another],
  ["one without a group", network.replace("/resourceGroups/rg-hub", ""), another],
  ["one in something else than a group", network.replace("resourceGroups", "groups"), another],
  ["one with more before it", `/tenants/t${network}`, another],
  [
    "a subscription that is none",
    network.replace("5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11", "00000000-0000-0000-0000-000000000000"),
    ["must name a subscription by its UUID, not all zeros"],
  ],
  ["a group that Azure cannot have", network.replace("rg-hub", "rg-hub."), [expect.stringContaining("resources:")]],
  ["a name that Azure cannot have", network.replace(/hub$/, "-hub"), [expect.stringContaining("network:")]],
])("refuses %s", (_, id, rules) => {
  expect(problemsWith(id)).toEqual(rules);
});

it("tells the form of the ID", () => {
  const problems = new Problems();
  checkId({ token: "network:VirtualNetwork", what: "virtual network" }, "hub", "hub", problems);
  expect(problems.list.map((it) => it.remedy)).toEqual([
    "Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>",
  ]);
});

it("fails for a type that nobody knows, as for a bug of the caller", () => {
  expect(() => {
    checkId({ token: "network:Nothing", what: "nothing" }, network, "hub", new Problems());
  }).toThrow("no ARM type is known for network:Nothing");
});
