import { describe, expect, it } from "vitest";
import { sameType, type Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { rules } from "../../../policies/rules";
import { resource, saysOf } from "../harness";
import { tables } from "../tables";

const ofPools = rules.filter((it) => it.types.includes(types.nodePool));

/** The cluster that has a pool inside it, as it would stand beside it; `undefined` of what is no pool. */
function around({ type, name, inputs }: Subject): Subject | undefined {
  if (!sameType(type, types.nodePool)) return undefined;
  const { agentPoolName, resourceGroupName, resourceName, ...profile } = inputs;
  return resource(
    types.cluster,
    { resourceGroupName, resourceName, agentPoolProfiles: [{ ...profile, name: agentPoolName }] },
    name,
  );
}

/** What is said of a pool inside a cluster, in the words for one beside it. */
function asSaid(said: string): string {
  return said
    .replaceAll(/agentPoolProfiles\[0\]\.name\b/g, "agentPoolName")
    .replaceAll("agentPoolProfiles[0].", "")
    .replaceAll(/\bh100 in (?=\w)/g, "");
}

/** What is about more than pools: a cluster or a network with its pools, or all that bills or has tags. */
const ofMore = [
  ...["np-version-of-cluster", "np-address-fit", "aks-node-os-channel", "aks-upgrade-channel"],
  ...["aks-cidr-vs-vnet", "cidr-disjoint", "subnet-delegation-anf"],
  ...[
    "fin-monthly-ceiling",
    "fin-max-hourly-cost",
    "fin-budget-covers-idle",
    "fin-budget-exists",
    "fin-required-tags",
    "fin-ttl-dev",
  ],
];

const shared = tables.filter(({ rule }) => ofPools.includes(rule) && !ofMore.includes(rule.name));
const twins = shared.flatMap(({ rule, context, cases }) =>
  cases.flatMap(({ title, kind, resources, says }) => {
    const clusters = resources.map((it) => around(it) ?? it);
    return resources.some((it) => sameType(it.type, types.nodePool))
      ? [{ name: rule.name, rule, context, title: `${title} (${kind})`, clusters, says: says.map(asSaid) }]
      : [];
  }),
);

describe("a pool inside a cluster is judged as the same pool beside it", () => {
  it("by every rule about pools", () => {
    expect(ofPools.filter((it) => !it.types.includes(types.cluster)).map(({ name }) => name)).toEqual([]);
    expect(ofMore.filter((name) => !ofPools.some((it) => it.name === name))).toEqual([]);
    expect([...new Set(twins.map(({ name }) => name))]).toEqual([...new Set(shared.map(({ rule }) => rule.name))]);
  });

  it.each(twins)("$name: $title", ({ rule, context, clusters, says }) => {
    expect(saysOf(rule, clusters, context).map(asSaid)).toEqual(says);
  });
});
