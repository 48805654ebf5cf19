import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { existingSubnets } from "../../preflight/existing-subnets";
import { azureResources, type PreflightFacts } from "../../preflight/preflight-facts";
import { exitCodeOf, type Line } from "../../preflight/line";
import { nilSubscription } from "../../azure/arm-id";
import { plainStacks, shippedStacks, shippedStackNames } from "../stack-files";
import { ask, factsOf, subscriptionId } from "./asked";
import { readRecording, type Recording } from "./recorded-azure";

/** A subscription with one broken thing. */
interface Broken extends Recording {
  readonly stack: keyof typeof stacks;
  /** Subscription that is asked, where it is another than that of the stack file. */
  readonly asked?: string;
  /** Inputs that the plan has besides, by the end of an ID. */
  readonly plan?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Lines that are not as the healthy subscription has them, and all that are not well. */
  readonly says?: readonly Line[];
  readonly exit?: number;
  /** Why nothing is asked at all. */
  readonly refused?: string;
}

const own = (name: string): string => path.join(__dirname, "stacks", `Pulumi.${name}.yaml`);
const stacks = {
  dev: plainStacks.dev,
  prod: shippedStacks.prod,
  everything: shippedStacks.everything,
  racks: own("racks"),
  spoke: own("spoke"),
  hub: own("hub"),
  homes: own("homes"),
} as const;

/** What every subscription says of a stack file that names none. */
function isUnset({ subject, verdict }: Line): boolean {
  return subject === "azure-native:subscriptionId" && verdict === "warning";
}

const healthy = new Map<string, Promise<ReadonlySet<string>>>();

/** Lines of the healthy subscription that are well, as far as it has answers. */
function wellIn(facts: PreflightFacts): Promise<ReadonlySet<string>> {
  const key = `${facts.stack} ${facts.subscriptionId}`;
  const known =
    healthy.get(key) ??
    ask(readRecording("healthy"), facts, false).then(
      ({ lines }) => new Set(lines.filter((it) => it.verdict === "ok").map((it) => JSON.stringify(it))),
    );
  healthy.set(key, known);
  return known;
}

const broken = readdirSync(path.join(__dirname, "subscriptions"))
  .map((it) => it.replace(/\.json$/, ""))
  .filter((it) => it !== "healthy")
  .map((it) => readRecording(it) as Broken);

describe("a healthy subscription has everything that is needed", () => {
  it.each(shippedStackNames)("for %s", async (stack) => {
    const { lines } = await ask(readRecording("healthy"), await factsOf(shippedStacks[stack]));
    const rest = lines.filter((it) => it.verdict !== "ok" && !isUnset(it));
    // The one file that has to name its subscription names a stand-in, and the recording is of another.
    if (stack === "bootstrap") expect(rest.map((it) => it.subject)).toEqual(["azure-native:subscriptionId"]);
    else expect(rest).toEqual([]);
    expect(exitCodeOf(lines)).toBe(stack === "bootstrap" ? 3 : 0);
  });

  it("and is not asked for what another stack makes", async () => {
    const { asked } = await ask(readRecording("healthy"), await factsOf(shippedStacks["prod-workloads"]));
    const about = /usages|skus|vmSkus|kubernetesVersions|publishers|checkNameAvailability|features/;
    expect(asked.filter((it) => about.test(it))).toEqual([]);
  });
});

describe("a subscription where", () => {
  it.each(broken)("$title", async (recording) => {
    const { stack, asked, plan = {}, says, exit, refused } = recording;
    const facts = await factsOf(stacks[stack], asked);
    const changed = facts.resources.map((it) => ({
      ...it,
      inputs: { ...it.inputs, ...Object.entries(plan).find(([end]) => it.id.endsWith(end))?.[1] },
    }));
    const answered = ask(recording, { ...facts, resources: changed });
    if (refused !== undefined) return expect(answered).rejects.toThrow(new Error(refused));
    const { lines } = await answered;
    const known = await wellIn(facts);
    const told = lines.filter((it) => !known.has(JSON.stringify(it)) && !isUnset(it));
    expect({ says: told, exit: exitCodeOf(lines) }).toEqual({ says, exit });
  });
});

it.each(["spoke", "homes", "hub"] as const)(
  "of %s every subnet of others that something lies in is looked at",
  async (stack) => {
    const facts = await factsOf(stacks[stack]);
    const planned = new Set(facts.resources.map((it) => it.id));
    const bodies = facts.resources
      .filter((it) => !it.arm.startsWith("Microsoft.Authorization/"))
      .map((it) => it.inputs);
    const named = new Set(JSON.stringify(bodies).match(/\/subscriptions\/[^"]+\/subnets\/[^"/]+/g));
    const looked = existingSubnets.needs(facts)?.subnets.map((it) => it.id) ?? [];
    expect([...named].filter((it) => !planned.has(it) && !looked.includes(it))).toEqual([]);
    expect(looked.length > 0).toBe(stack !== "hub");
  },
);

it("plans for the subscription that is asked", () => {
  const inputs = { subnet: { id: `/subscriptions/${nilSubscription}/resourceGroups/rg/x` } };
  const planned = {
    type: "azure-native:network:NatGateway",
    custom: true,
    id: `/subscriptions/${nilSubscription}/a`,
    inputs,
  };
  expect(azureResources([planned, { ...planned, custom: false }], nilSubscription, subscriptionId)).toEqual([
    {
      token: "azure-native:network:NatGateway",
      arm: "Microsoft.Network/natGateways",
      id: `/subscriptions/${subscriptionId}/a`,
      inputs: { subnet: { id: `/subscriptions/${subscriptionId}/resourceGroups/rg/x` } },
    },
  ]);
});
