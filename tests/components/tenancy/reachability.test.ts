import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Way } from "../../../cli/network-ways";
import { reachHosts, reachingTeams, reachPorts, type ReachTable, reachTables } from "../../../cli/reach-tables";
import { describeWithPolicyVerdicts } from "../../simulator/engine/with-policy-verdicts";

/** A table as people read it. */
function shown(table: ReachTable): string {
  const cell = (name: string): string => name.padEnd(11);
  const line = (cells: readonly string[]): string => cells.map(cell).join("").trimEnd();
  const [first = {}] = Object.values(table);
  return [
    line(["", ...Object.keys(first)]),
    ...Object.entries(table).map(([from, to]) => line([from, ...Object.values(to)])),
  ].join("\n");
}

describe("over the network", () => {
  const { toTeams, inside, outside } = reachTables();

  it("a team reaches its own pods and no other team's, and is reached by whom it named", () => {
    expect(shown(toTeams)).toBe(
      [
        "           closed     ray        chat       lab        hosts",
        "closed     all        -          -          -          -",
        "ray        -          all        -          -          -",
        "chat       -          -          all        -          -",
        "lab        -          -          -          all        -",
        "hosts      -          -          -          -          all",
        "gateway    -          -          all        -          -",
        "operator   -          all        -          -          -",
        "system     -          -          -          -          -",
        "node       -          -          -          -          -",
        "internet   -          -          -          -          -",
      ].join("\n"),
    );
  });

  it("a team reaches names and private endpoints; never a node, nor what would make it one", () => {
    expect(shown(inside)).toBe(
      [
        "           dns        system     gateway    endpoint   node       lustre     metadata   wireServer",
        "closed     53         -          -          443        -          -          -          -",
        "ray        53         -          -          443        -          -          -          -",
        "chat       53         -          -          443        -          -          -          -",
        "lab        53         -          -          443        -          -          -          -",
        "hosts      53         -          -          443        -          -          -          -",
      ].join("\n"),
    );
  });

  it("a team reaches what it said beyond", () => {
    expect(shown(outside)).toBe(
      [
        "           privateApi publicApi  entra      internet   pypi.org   cdn.hf.co  hf.co",
        "closed     -          -          -          -          -          -          -",
        "ray        all        all        443        -          -          -          -",
        "chat       -          -          -          -          -          -          -",
        "lab        -          443        443        443        443        443        443",
        "hosts      -          -          -          -          443        443        -",
      ].join("\n"),
    );
  });
});

describeWithPolicyVerdicts("Cilium's own library", (program) => {
  const policies = reachingTeams.flatMap(({ namespace: { metadata }, networkPolicies, ciliumNetworkPolicies }) =>
    [
      ...networkPolicies.map((it) => ({ kind: "NetworkPolicy", object: it })),
      ...ciliumNetworkPolicies.map((it) => ({ kind: "CiliumNetworkPolicy", object: it })),
    ].map(({ kind, object }) => ({
      ...object,
      kind,
      metadata: { ...object.metadata, namespace: metadata.name },
    })),
  );
  const hosts = Object.fromEntries(
    Object.entries(reachHosts).map(([name, it]) => [
      name,
      // Kubernetes gives each namespace the label of its name.
      { ...it, ...(it.namespace && { namespaceLabels: { "kubernetes.io/metadata.name": it.namespace } }) },
    ]),
  );
  const names = Object.keys(hosts);
  const ways = names.flatMap((from) => names.flatMap((to) => reachPorts.map((port) => ({ from, to, port }))));

  /** Which of all ways it lets through. */
  function judged(which: readonly object[]): ReadonlySet<string> {
    const { stdout, stderr, status } = spawnSync(program, {
      input: JSON.stringify({ policies: which, hosts, ways }),
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual(["", 0]);
    const open = JSON.parse(stdout) as readonly boolean[];
    return new Set(ways.filter((_, at) => open[at]).map((it) => JSON.stringify(it)));
  }
  const nameOf = (host: Way["from"]): string => names.find((it) => reachHosts[it] === host) ?? "";
  const tablesBy = (open: ReadonlySet<string>): ReturnType<typeof reachTables> =>
    reachTables(({ from, to, port }) => open.has(JSON.stringify({ from: nameOf(from), to: nameOf(to), port })));

  it("lets through what the tables say, and nothing else", () => {
    expect(tablesBy(judged(policies))).toEqual(reachTables());
  });

  // Policies of a team that open ways close all others in their direction, so one that closes everything alone changes nothing.
  const opening = [...new Set(policies.map(({ metadata }) => metadata.name))].filter((it) => it !== "default-deny");
  it.each(opening)("tells that %s is missing", (name) => {
    const without = policies.filter(({ metadata }) => metadata.name !== name);
    expect(tablesBy(judged(without))).not.toEqual(reachTables());
  });

  it("tells that a team has no policies", () => {
    const without = policies.filter(({ metadata }) => metadata.namespace !== reachHosts["closed"]?.namespace);
    const { toTeams, inside } = tablesBy(judged(without));
    expect([toTeams["internet"]?.["closed"], inside["closed"]?.["metadata"]]).toEqual(["all", "all"]);
  });
});
