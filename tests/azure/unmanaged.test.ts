import { expect, it } from "vitest";
import { findArmType } from "../../azure/arm-types";
import { rows } from "../../azure/rows";
import { sdkType } from "../../azure/sdk-type";
import { follows, unmanagedFacts } from "../../azure/unmanaged";

it("has judged, or can price, every type that this project makes and that a list of a group shows", () => {
  const open = [...rows].filter(([token, { bills, computes }]) => {
    const listed = sdkType(token)?.inputs.includes("location") === true && findArmType(token)?.names[0] !== "scope";
    const priced = bills !== null || computes !== null;
    return listed && !priced && unmanagedFacts(findArmType(token)?.arm ?? "") === undefined;
  });
  // A group lies in no group.
  expect(open.map(([token]) => token)).toEqual(["azure-native:resources:ResourceGroup"]);
});

it("says what a type means in whichever letters Azure writes it", () => {
  expect(unmanagedFacts("MICROSOFT.network/PublicIPAddresses")).toEqual(
    unmanagedFacts("Microsoft.Network/publicIPAddresses"),
  );
  expect(unmanagedFacts("Microsoft.Network/publicIPAddresses")?.harm).toBe("security");
  expect(unmanagedFacts("Microsoft.Quantum/workspaces")).toBeUndefined();
});

it("compares types of followers in lowercase", () => {
  const types = follows.flatMap(({ type }) => type ?? []);
  expect(types).toEqual(types.map((it) => it.toLowerCase()));
});
