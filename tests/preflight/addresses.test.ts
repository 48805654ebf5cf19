import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Value } from "../../core/property-value";
import { addressCount, formatCidr, overlaps, type Cidr } from "../../core/cidr";
import { existingSubnets } from "../../preflight/existing-subnets";
import { lustreSubnets } from "../../preflight/lustre-subnets";
import { peeredNetworks } from "../../preflight/peered-networks";
import { found, nothing, pool, silent, told } from "./answers";

const subnetId = "/subscriptions/one/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes";

describe("a subnet that exists", () => {
  const needs = (maxNodes: number): Parameters<typeof existingSubnets.judge>[0] => ({
    subscriptionId: "one",
    subnets: [
      {
        id: subnetId,
        range: null,
        machines: [pool("a10", { maxNodes, surgeNodes: 1 })],
        others: ["an endpoint"],
        delegatedTo: null,
      },
    ],
    machines: [],
    resources: [],
  });
  const usages = (currentValue: number, limit: number): ReturnType<typeof found> =>
    found({ value: [{ id: subnetId.toUpperCase(), currentValue, limit }] });

  it("has room exactly where others leave an address for each machine at most, surge and endpoint included", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(20), fc.nat(300), (used, limit, mine, most) => {
        const own = { ...nothing, nodes: new Map([[pool("a10").id.toLowerCase(), mine]]) };
        const answers = [{ subnet: found({ properties: {} }), usages: usages(used, limit) }];
        const [judged] = told(existingSubnets.judge(needs(most), { subnets: answers, own }));
        const free = limit - Math.max(0, used - mine);
        expect(judged).toEqual([free >= most + 2 ? "ok" : "missing", `${free} of ${limit} free`]);
      }),
    );
  });

  const judge = (range: string | null, delegatedTo: string | null, properties: Value) =>
    existingSubnets.judge(
      {
        subscriptionId: "one",
        subnets: [{ id: subnetId, range, machines: [], others: [], delegatedTo }],
        machines: [],
        resources: [],
      },
      { subnets: [{ subnet: found({ properties }), usages: silent }], own: nothing },
    );
  const update = `az network vnet subnet update --ids ${subnetId}`;
  const service = "Microsoft.NetApp/volumes";
  const to = (...names: string[]): Value => ({ delegations: names.map((it) => ({ properties: { serviceName: it } })) });

  it.each<[delegatedTo: string | null, properties: Value, said: readonly (readonly [string, string, string | null])[]]>(
    [
      [null, {}, []],
      [null, to(), []],
      [
        null,
        to(service),
        [
          [
            "missing",
            `delegated to ${service}`,
            `Name another subnet, or if it is empty: ${update} --remove delegations`,
          ],
        ],
      ],
      [service, to("microsoft.netapp/volumes"), [["ok", "so it is", null]]],
      [service, {}, [["missing", "not delegated", `${update} --delegations ${service}`]]],
      [service, to("a/b", "c/d"), [["missing", "delegated to a/b, c/d", `${update} --delegations ${service}`]]],
    ],
  )("delegated to %s, and there is %j", (delegatedTo, properties, said) => {
    expect(judge(null, delegatedTo, properties).map((it) => [it.verdict, it.have, it.remedy])).toEqual(said);
  });

  it.each<[properties: Value, said: readonly (readonly [string, string])[]]>([
    [{ addressPrefix: "10.0.0.0/24" }, []],
    [{ addressPrefixes: ["fd00::/64", "10.0.0.0/24"] }, []],
    [{ addressPrefix: "10.0.0.0/25" }, [["missing", "10.0.0.0/25"]]],
    [{}, [["missing", "no range"]]],
  ])("has the range that the stack file says: %j", (properties, said) => {
    expect(told(judge("10.0.0.0/24", null, properties))).toEqual(said);
    expect(judge(null, null, properties)).toEqual([]);
  });

  it("is not known to be too small while nobody says what of it is ours", () => {
    const answers = [{ subnet: found({ properties: {} }), usages: usages(250, 251) }];
    expect(told(existingSubnets.judge(needs(4), { subnets: answers, own: { ...nothing, unknown: silent } }))).toEqual([
      ["unknown", "could not be asked: Azure failed"],
    ]);
  });
});

const cidr = fc.tuple(fc.integer({ min: 8, max: 30 }), fc.nat(2 ** 24 - 1)).map(([prefixLength, at]): Cidr => {
  const size = addressCount({ base: 0, prefixLength });
  return { base: Math.floor((10 * 2 ** 24 + at) / size) * size, prefixLength };
});

it("a peer fits exactly where it has no address of the network", () => {
  fc.assert(
    fc.property(cidr, cidr, cidr, (mine, theirs, pods) => {
      const needs = { peers: ["/a/hub"], ranges: [mine], clusterRanges: [pods] };
      const answer = found({ properties: { addressSpace: { addressPrefixes: [formatCidr(theirs)] } } });
      const [judged] = peeredNetworks.judge(needs, [answer]);
      expect(judged?.verdict).toBe(overlaps(mine, theirs) ? "missing" : overlaps(pods, theirs) ? "warning" : "ok");
    }),
  );
});

it("the subnet of Lustre fits exactly where it has the addresses that the service asks for, beside the five of Azure", () => {
  const fileSystem = { name: "fs", id: "/x", sku: "AMLFS-Durable-Premium-125", tib: 16, subnetId };
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 29 }), fc.integer({ min: 1, max: 600 }), (prefix, required) => {
      const needs = {
        subscriptionId: "one",
        location: "eastus",
        fileSystems: [{ ...fileSystem, range: `10.0.0.0/${prefix}` }],
        resources: [],
      };
      const [judged] = lustreSubnets.judge(needs, {
        answers: [found({ filesystemSubnetSize: required })],
        own: nothing,
      });
      expect(judged?.verdict).toBe(2 ** (32 - prefix) - 5 >= required ? "ok" : "missing");
    }),
  );
});
