import { describe, expect, it } from "vitest";
import { text } from "../../core/property-tree";
import type { Value } from "../../core/property-value";
import { policy, shapesOf } from "../../preflight/policy";
import { shippedStacks, shippedStackNames } from "../stack-files";
import { found, silent, told } from "./answers";
import { factsOf } from "./asked";

const rg = "/subscriptions/one/resourceGroups/rg/providers";
const address = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Parameters<typeof shapesOf>[0][number] => ({
  token: "azure-native:network:PublicIPAddress",
  arm: "Microsoft.Network/publicIPAddresses",
  id: `${rg}/Microsoft.Network/publicIPAddresses/${name}`,
  inputs: {
    publicIpAddressName: name,
    resourceGroupName: "rg",
    location: "eastus",
    sku: { name: "Standard" },
    ...more,
  },
});

it("asks about one of what differs in its name alone, and about each that a policy may tell apart", () => {
  const shapes = shapesOf([
    address("a"),
    address("b"),
    address("c", { tags: { owner: "me" } }),
    address("d", { location: "westus" }),
    address("e", { tags: { owner: "you" } }),
  ]);
  expect(shapes.map(({ body, count }) => [body["name"], count])).toEqual([
    ["a", 2],
    ["c", 2],
    ["d", 1],
  ]);
});

it.each(shippedStackNames)(
  "asks about a body or two of each type in %s, however many resources there are",
  async (stack) => {
    const { resources } = await factsOf(shippedStacks[stack]);
    const types = new Set(resources.map(({ arm }) => arm)).size;
    // What policies say of a role assignment depends on the role.
    const roles = new Set(resources.map(({ inputs }) => text(inputs, "roleDefinitionId")?.split("/").at(-1))).size;
    expect(shapesOf(resources).length).toBeLessThanOrEqual(2 * types + roles);
  },
);

describe("a policy", () => {
  const [shape] = shapesOf([address("a")]);
  const judge = (evaluations: readonly Value[], restrictions: readonly Value[] = []): ReturnType<typeof told> =>
    told(
      policy.judge({ subscriptionId: "one", shapes: shape === undefined ? [] : [shape] }, [
        found({ fieldRestrictions: restrictions, contentEvaluationResult: { policyEvaluations: evaluations } }),
      ]),
    );
  const evaluation = (effect: string | null, more: Readonly<Record<string, Value>> = {}): Value => ({
    policyInfo: { policyAssignmentId: "/subscriptions/one/providers/Microsoft.Authorization/policyAssignments/p" },
    evaluationResult: "NonCompliant",
    ...(effect !== null && { effectDetails: { policyEffect: effect } }),
    ...more,
  });
  it.each<[what: string, evaluation: Value, told: readonly [string, string]]>([
    ["that denies", evaluation("Deny"), ["missing", "p denies it"]],
    ["of which only the result is told", evaluation(null), ["missing", "p denies it"]],
    ["that reports", evaluation("Audit"), ["warning", "p would report it"]],
    ["that is kept", evaluation("Deny", { evaluationResult: "Compliant" }), ["ok", "none denies 1 body"]],
    ["that adds something", evaluation("DeployIfNotExists"), ["ok", "none denies 1 body"]],
    [
      "that says what it met",
      evaluation("Deny", {
        evaluationDetails: { evaluatedExpressions: [{ path: "type" }, { path: "sku.name" }, { path: "sku.name" }] },
      }),
      ["missing", "p denies it, for sku.name"],
    ],
  ])("%s", (_, given, said) => {
    expect(judge([given])).toEqual([said]);
  });

  it("that sets a value is told, and one that only wants it is judged by its denial", () => {
    const restriction = (more: Readonly<Record<string, Value>>): Value => ({
      field: "tags.x",
      restrictions: [{ result: "Required", policy: { policyAssignmentId: "/a/q" }, ...more }],
    });
    expect(judge([], [restriction({ defaultValue: "v" }), restriction({ values: ["v"] })])).toEqual([
      ["warning", "q sets tags.x by itself: each up would take it away again"],
    ]);
  });

  it("that nobody may ask about is one line, however many bodies there are", () => {
    const shapes = shapesOf([address("a"), address("c", { tags: {} }), address("d", { location: "westus" })]);
    expect(
      told(
        policy.judge(
          { subscriptionId: "one", shapes },
          shapes.map(() => silent),
        ),
      ),
    ).toEqual([["unknown", "could not be asked: Azure failed"]]);
  });
});
