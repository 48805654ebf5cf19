import { describe, expect, it } from "vitest";
import { z } from "zod";
import { describeProblem, MisconfiguredError, Problems } from "../../core/problems";
import { infraPart } from "../../stacks/infra-part";
import { partRefs, partSections } from "../../stacks/part-schemas";
import { planParts } from "../../stacks/plan-parts";
import { place } from "../recorded";

const shape = z.strictObject({
  /** How many addresses. */
  addresses: z.int(),
});
const planOne = (name: string, { addresses }: z.output<typeof shape>) => {
  if (addresses < 0) throw new MisconfiguredError(name, [{ path: "addresses", rule: "must be there" }]);
  return { name, infiniband: false, subnets: [{ role: "endpoints" as const, addresses, what: name }] };
};
const rows = {
  vault: infraPart({
    description: "One vault.",
    names: "secrets",
    shape,
    plan: planOne,
    machines: () => [],
    endpoints: () => ["blob"],
    ref: z.object({ id: z.string() }),
  }),
  racks: infraPart({
    description: "Racks, by name.",
    names: z.string().regex(/^[a-z]+$/, "must be lowercase"),
    shape,
    plan: planOne,
    machines: () => [],
    endpoints: () => [],
    ref: null,
  }),
};

describe("rows of parts", () => {
  it("become sections: one thing under its key, or several by name", () => {
    const sections = z.strictObject(partSections(rows));
    const given = { vault: { addresses: 1 }, racks: { left: { addresses: 2 } } };
    expect(sections.parse(given)).toEqual(given);
    expect(sections.parse({})).toEqual({});
    expect(sections.safeParse({ vault: { addresses: 1, more: 1 } }).success).toBe(false);
    expect(sections.safeParse({ racks: { R1: { addresses: 1 } } }).error?.issues).toMatchObject([
      { code: "invalid_key", path: ["racks", "R1"] },
    ]);
    expect(z.toJSONSchema(sections).properties).toMatchObject({
      vault: { description: "One vault." },
      racks: { description: "Racks, by name." },
    });
  });

  it("are planned in their order", () => {
    const problems = new Problems();
    const sections = { racks: { right: { addresses: 3 }, left: { addresses: 4 } }, vault: { addresses: 2 } };
    const parts = planParts(rows, sections, "", place, problems);
    expect(problems.list).toEqual([]);
    expect(parts.map(({ key, name, plan }) => [key, name, plan.subnets[0]?.addresses])).toEqual([
      ["vault", "secrets", 2],
      ["racks", "right", 3],
      ["racks", "left", 4],
    ]);
  });

  it("tell every problem where its section stands", () => {
    const problems = new Problems();
    const wrong = { addresses: -1 };
    expect(planParts(rows, { vault: wrong, racks: { left: wrong } }, "storage", place, problems)).toEqual([]);
    expect(problems.list.map(({ path }) => path)).toEqual(["storage.vault.addresses", "storage.racks.left.addresses"]);
  });

  it("name their private endpoints, and are refused where Azure takes no such name", () => {
    const plan = (environment: string): readonly [unknown, readonly string[]] => {
      const problems = new Problems();
      const names = { ...place.names, environment };
      const parts = planParts(rows, { vault: { addresses: 1 } }, "storage", { ...place, names }, problems);
      return [parts.map((it) => it.endpoints), problems.list.map(describeProblem)];
    };
    expect(plan("e".repeat(36))).toEqual([[[{ name: "secrets-blob", groupId: "blob" }]], []]);
    expect(plan("e".repeat(40))).toEqual([
      [],
      [
        expect.stringMatching(
          /^storage\.vault\.name: must lead to a name that Azure takes for network:PrivateEndpoint: 2 to 64 characters: .+; got "pep-gpu-e+-eastus-secrets-blob"\. Shorten environment\.workload, the name of the stack or that of the component by 4 characters together$/,
        ),
      ],
    ]);
  });

  it("hand over what they say, and what hands nothing over is not in the schema", () => {
    const schema = z.object(partRefs(rows));
    expect(Object.keys(schema.shape)).toEqual(["vault"]);
    expect(schema.parse({})).toEqual({});
    expect(schema.parse({ vault: { id: "secrets" } })).toEqual({ vault: { id: "secrets" } });
  });
});
