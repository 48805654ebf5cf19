import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allows, covers, type Permission } from "../../preflight/permissions";

describe("a role", () => {
  const contributor: Permission = { actions: ["*"], notActions: ["Microsoft.Authorization/*/Write"] };
  it.each<[what: string, permissions: readonly Permission[], action: string, allowed: boolean]>([
    ["gives what its star covers", [contributor], "Microsoft.Network/virtualNetworks/write", true],
    ["takes away in any case", [contributor], "microsoft.authorization/roleAssignments/write", false],
    [
      "is made up for by another",
      [contributor, { actions: ["Microsoft.Authorization/*"], notActions: [] }],
      "Microsoft.Authorization/roleAssignments/write",
      true,
    ],
    [
      "gives nothing by a part of a word",
      [{ actions: ["Microsoft.Network/virtualNetworks"], notActions: [] }],
      "Microsoft.Network/virtualNetworks/write",
      false,
    ],
    [
      "takes a dot for a dot",
      [{ actions: ["MicrosoftXNetwork/*"], notActions: [] }],
      "Microsoft.Network/a/write",
      false,
    ],
    ["reads alone", [{ actions: ["*/read"], notActions: [] }], "Microsoft.Network/virtualNetworks/write", false],
    ["is none", [], "Microsoft.Network/virtualNetworks/write", false],
  ])("%s", (_, permissions, action, allowed) => {
    expect(allows(permissions, action)).toBe(allowed);
  });
});

const action = fc
  .array(fc.constantFrom("Microsoft.Network", "virtualNetworks", "subnets", "join", "write", "a.b"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((it) => it.join("/"));

it("covers what it names, whatever stands in place of any part of it", () => {
  fc.assert(
    fc.property(action, fc.nat(), fc.nat(), (name, from, length) => {
      const at = from % (name.length + 1);
      const pattern = `${name.slice(0, at)}*${name.slice(at + (length % (name.length - at + 1)))}`;
      expect(covers([pattern], name)).toBe(true);
      expect(covers([name], `${name}/more`)).toBe(false);
    }),
  );
});

it("allows less with each action that is taken away, and more with each role", () => {
  const permission = fc.record({ actions: fc.array(action), notActions: fc.array(action) });
  fc.assert(
    fc.property(fc.array(permission), permission, action, (some, more, name) => {
      const before = allows(some, name);
      if (before) expect(allows([...some, more], name)).toBe(true);
      const less = some.map((it) => ({ ...it, notActions: [...it.notActions, name] }));
      expect(allows(less, name)).toBe(false);
    }),
  );
});
