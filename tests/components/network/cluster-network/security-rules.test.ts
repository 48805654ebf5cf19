import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flows, openToPeers } from "../../../../components/network/cluster-network/flows";
import { securityRules, type Whereabouts } from "../../../../components/network/cluster-network/security-rules";
import { subnetSlots, type SubnetRole } from "../../../../components/network/subnet-ref";
import { contains, parseAddress, parseCidr } from "../../../../core/cidr";
import { keysOf } from "../../../../core/records";
import { root } from "../../../stack-files";

const roles = keysOf(subnetSlots);

/** A network with a hub that has been let in to something. */
function network(subnets: readonly SubnetRole[], mayReach: (typeof openToPeers)[number][] = []): Whereabouts {
  return {
    subnets: new Map(subnets.map((role) => [role, `10.64.${roles.indexOf(role)}.0/24`])),
    podCidr: "10.96.0.0/16",
    headNodeRanges: ["10.7.0.0/24"],
    peers: [
      { addressSpace: ["10.1.0.0/16", "10.2.0.0/16"], mayReach },
      { addressSpace: ["10.3.0.0/16"], mayReach: [] },
    ],
  };
}

/** Where somebody is; what Azure counts to the network by the tag of that name is all of it and the host. */
const addresses = {
  nodes: "10.64.0.9",
  scaleSets: "10.64.1.9",
  lustre: "10.64.2.9",
  endpoints: "10.64.3.9",
  apiServer: "10.64.4.9",
  runner: "10.64.5.9",
  netapp: "10.64.6.9",
  pod: "10.96.4.5",
  headNode: "10.7.0.4",
  hub: "10.2.0.4",
  stranger: "10.3.0.4",
  probe: "168.63.129.16",
  monitor: "20.1.2.3",
  internet: "8.8.8.8",
} as const;
type Somebody = keyof typeof addresses;

function inPrefix(prefix: unknown, somebody: Somebody): boolean {
  const address = parseAddress(addresses[somebody]);
  if (prefix === "*") return true;
  if (prefix === "VirtualNetwork") return somebody !== "internet" && somebody !== "monitor";
  if (prefix === "AzureLoadBalancer") return somebody === "probe";
  if (prefix === "AzureMonitor") return somebody === "monitor";
  const range = parseCidr(String(prefix));
  return range !== undefined && address !== undefined && contains(range, address);
}

function onPort(ports: unknown, port: number): boolean {
  const [from = "", to = from] = String(ports).split("-");
  return ports === "*" || (Number(from) <= port && port <= Number(to));
}

/** What Azure decides: the first rule that fits in the order of priorities, then its own rules. */
function reaches(where: Whereabouts, from: Somebody, to: SubnetRole | "pod", port: number, udp = false): boolean {
  const group = securityRules(to === "pod" ? "nodes" : to, where).map((it) => ({
    priority: Number(it.priority),
    allow: it.access === "Allow",
    protocol: it.protocol,
    sources: it.sourceAddressPrefixes ?? [it.sourceAddressPrefix],
    destination: it.destinationAddressPrefix,
    ports: it.destinationPortRanges ?? [it.destinationPortRange],
  }));
  const defaults = [
    { allow: true, sources: ["VirtualNetwork"] },
    { allow: true, sources: ["AzureLoadBalancer"] },
    { allow: false, sources: ["*"] },
  ].map((it, at) => ({ ...it, priority: 65_000 + at, protocol: "*", destination: "*", ports: ["*"] }));
  const decisive = [...group, ...defaults]
    .sort((a, b) => a.priority - b.priority)
    .find(
      (rule) =>
        [rule.sources].flat().some((it) => inPrefix(it, from)) &&
        inPrefix(rule.destination, to) &&
        (rule.protocol === "*" || !udp) &&
        [rule.ports].flat().some((it) => onPort(it, port)),
    );
  return decisive?.allow === true;
}

describe("the rules of the subnets", () => {
  const all = network(roles);

  it.each([
    ["nodes", "lustre", 988],
    ["scaleSets", "lustre", 1021],
    ["lustre", "nodes", 988],
    ["lustre", "scaleSets", 1023],
    ["lustre", "lustre", 22],
    ["monitor", "lustre", 443],
    ["nodes", "endpoints", 443],
    ["scaleSets", "endpoints", 443],
    ["runner", "endpoints", 443],
    ["nodes", "apiServer", 443],
    ["nodes", "apiServer", 4443],
    ["runner", "apiServer", 443],
    ["probe", "apiServer", 9988],
    ["apiServer", "apiServer", 2379],
    ["apiServer", "nodes", 10_250],
    ["apiServer", "pod", 9443],
    ["nodes", "nodes", 10_250],
    ["nodes", "pod", 53],
    ["pod", "pod", 8080],
    ["probe", "nodes", 10_256],
    ["scaleSets", "scaleSets", 22],
    ["headNode", "scaleSets", 6818],
    ["runner", "scaleSets", 22],
    ["nodes", "netapp", 2049],
    ["scaleSets", "netapp", 4046],
  ] as const)("let %s reach %s on %i", (from, to, port) => {
    expect(reaches(all, from, to, port)).toBe(true);
  });

  it.each([
    ["hub", "netapp", 2049],
    ["pod", "netapp", 2049],
    ["runner", "netapp", 2049],
    ["nodes", "netapp", 22],
    ["netapp", "nodes", 111],
    ["lustre", "endpoints", 443],
    ["hub", "lustre", 988],
    ["runner", "lustre", 988],
    ["headNode", "lustre", 988],
    ["endpoints", "lustre", 988],
    ["nodes", "lustre", 22],
    ["internet", "lustre", 988],
    ["hub", "endpoints", 443],
    ["nodes", "endpoints", 22],
    ["hub", "apiServer", 443],
    ["scaleSets", "apiServer", 443],
    ["scaleSets", "nodes", 10_250],
    ["hub", "nodes", 443],
    ["runner", "nodes", 22],
    ["runner", "scaleSets", 6818],
    ["lustre", "nodes", 22],
    ["nodes", "scaleSets", 22],
    ["hub", "scaleSets", 22],
    ["nodes", "runner", 22],
    ["hub", "runner", 22],
    ["internet", "nodes", 443],
  ] as const)("keep %s from %s on %i", (from, to, port) => {
    expect(reaches(all, from, to, port)).toBe(false);
  });

  it("let a peer in to what it may reach, on the ports of that, and to nothing else", () => {
    const ports = { nodes: [80, 443], apiServer: [443], endpoints: [443], lustre: [988, 1019], runner: [22] } as const;
    expect([...openToPeers].sort()).toEqual(Object.keys(ports).sort());
    for (const open of keysOf(ports)) {
      const where = network(roles, [open]);
      for (const role of keysOf(ports)) {
        for (const port of [22, 443, ...ports[role]]) {
          const named = ports[role].some((it) => it === port);
          expect([open, role, port, reaches(where, "hub", role, port)]).toEqual([
            open,
            role,
            port,
            role === open && named,
          ]);
          expect(reaches(where, "stranger", role, port)).toBe(false);
        }
      }
    }
  });

  it("keep datagrams from ports that are open for TCP", () => {
    expect(reaches(all, "nodes", "endpoints", 443, true)).toBe(false);
    expect(reaches(all, "pod", "pod", 53, true)).toBe(true);
  });

  it("name nobody who is not there", () => {
    const alone = network(["nodes", "endpoints", "apiServer"]);
    const names = (role: SubnetRole): unknown[] => securityRules(role, alone).map((it) => it.name);
    expect(names("endpoints")).toEqual(["allow-nodes", "deny-rest-of-network"]);
    expect(names("nodes")).toEqual([
      "allow-own-subnet",
      "allow-nodes-to-pods",
      "allow-pods-to-pods",
      "allow-api-server",
      "allow-api-server-to-pods",
      "allow-load-balancer",
      "deny-rest-of-network",
    ]);
    expect(() => securityRules("lustre", alone)).toThrow("There is no subnet for lustre.");
  });

  it("have names and priorities that Azure takes, whatever is in the network", () => {
    fc.assert(
      fc.property(fc.subarray([...roles], { minLength: 1 }), fc.subarray([...openToPeers]), (subnets, mayReach) => {
        for (const role of subnets) {
          const rules = securityRules(role, network(subnets, mayReach));
          const priorities = rules.map((it) => Number(it.priority));
          expect(priorities).toEqual([...new Set(priorities)].sort((a, b) => a - b));
          expect(Math.min(...priorities)).toBeGreaterThanOrEqual(100);
          expect(Math.max(...priorities)).toBeLessThanOrEqual(4096);
          expect(new Set(rules.map((it) => it.name)).size).toBe(rules.length);
          for (const rule of rules) {
            expect(rule.name).toMatch(/^[a-z0-9]([\w.-]{0,78}\w)?$/i);
            expect(rule.description).toMatch(/^.{1,140}$/);
            expect(
              [rule.sourceAddressPrefix, rule.sourceAddressPrefixes].filter((it) => it !== undefined),
            ).toHaveLength(1);
            expect(
              [rule.destinationPortRange, rule.destinationPortRanges].filter((it) => it !== undefined),
            ).toHaveLength(1);
          }
        }
      }),
    );
  });
});

it("tells why each flow is there and by whose word", () => {
  for (const { why, source } of flows) expect([why.length > 0, source.length > 0]).toEqual([true, true]);
  const rows = flows.map(({ from, to }) => `${from} > ${to}`);
  expect(new Set(rows).size).toBe(rows.length);
});

it("lets Lustre reach private endpoints where one asks for it, on its port alone", () => {
  const asking = { ...network(roles), asked: new Map([["endpoints", ["lustre"]]] as const) };
  expect(reaches(asking, "lustre", "endpoints", 443)).toBe(true);
  expect(reaches(asking, "lustre", "endpoints", 22)).toBe(false);
});

it("stands in the README row by row", () => {
  const readme = readFileSync(path.join(root, "components/network/README.md"), "utf8");
  for (const { from, to, protocol, ports, why } of flows) {
    const open = protocol === "*" ? "all" : ports.includes("*") ? "TCP" : `TCP ${ports.join(", ")}`;
    expect(readme).toContain(`| ${from} | ${to} | ${open} | ${why} |`);
  }
});
