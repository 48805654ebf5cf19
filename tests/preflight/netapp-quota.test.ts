import fc from "fast-check";
import { expect, it } from "vitest";
import { netAppQuota } from "../../preflight/netapp-quota";
import type { Answer } from "../../preflight/question";
import { absent, found, nothing, silent, told } from "./answers";

const tib = 2 ** 40;
const place = { subscriptionId: "one", location: "eastus", provider: "Microsoft.NetApp", apiVersion: "2025-06-01" };
const group = "/subscriptions/one/resourceGroups/rg/providers/Microsoft.NetApp/netAppAccounts/anf/capacityPools";
const pool = (name: string, size: number) => ({
  token: "azure-native:netapp:CapacityPool",
  arm: "Microsoft.NetApp/netAppAccounts/capacityPools",
  id: `${group}/${name}`,
  inputs: { size: size * tib },
});
const usages = (currentValue: number, limit: number): Answer =>
  found({
    value: [{ name: { value: "totalTiBsPerSubscription" }, properties: { currentValue, limit, unit: "count" } }],
  });
const sized = (size: number): Answer => found({ properties: { size: size * tib } });

it("is there exactly where the limit holds what others have and all pools; else what is asked for makes it so", () => {
  const some = fc.nat(500);
  fc.assert(
    fc.property(some, some, some, some, some, (limit, others, made, homes, scratch) => {
      const judge = (most: number) =>
        netAppQuota.judge(
          { place, pools: [pool("homes", homes), pool("scratch", scratch)], resources: [] },
          { usages: usages(others + made, most), own: nothing, made: made === 0 ? [] : [sized(made)] },
        )[0];
      const judged = judge(limit);
      expect(judged?.verdict).toBe(homes + scratch + others <= limit ? "ok" : "missing");
      if (judged?.verdict === "ok") return;
      const asked = Number(/^Ask for (\d+) TiB in eastus: /.exec(judged?.remedy ?? "")?.[1]);
      expect([judge(asked)?.verdict, judge(asked - 1)?.verdict]).toEqual(["ok", "missing"]);
    }),
  );
});

it.each<[what: string, usages: Answer, made: readonly Answer[], said: readonly [string, string]]>([
  ["a pool that grew", usages(20, 25), [sized(8)], ["ok", "25 TiB, 20 used, 8 of them by this environment"]],
  ["a pool that nobody tells of", usages(20, 25), [silent], ["unknown", "could not be asked: Azure failed"]],
  [
    "a pool that has gone meanwhile",
    usages(20, 25),
    [absent],
    ["unknown", "could not be asked: Azure has nothing at that address"],
  ],
  ["no such quota", found({ value: [] }), [], ["warning", "Microsoft.NetApp lists no such quota in eastus"]],
  ["nobody who says", silent, [], ["unknown", "could not be asked: Azure failed"]],
])("with %s", (_, answer, made, said) => {
  const needs = { place, pools: [pool("homes", 12)], resources: [] };
  expect(told(netAppQuota.judge(needs, { usages: answer, own: nothing, made }))).toEqual([said]);
});

it("asks how large own pools are, and no others", async () => {
  const resources = [pool("homes", 4), pool("scratch", 4)];
  const needs = netAppQuota.needs({ subscriptionId: "one", location: "eastus", resources } as never);
  const asked: string[] = [];
  await netAppQuota.ask(needs as NonNullable<typeof needs>, ({ path }) => {
    asked.push(path);
    return Promise.resolve(
      path.endsWith("/resources") ? found({ value: [{ id: `${group}/homes`.toUpperCase() }] }) : absent,
    );
  });
  expect(asked.filter((it) => /capacityPools/.test(it))).toEqual([`${group}/homes`]);
  expect(netAppQuota.needs({ subscriptionId: "one", location: "eastus", resources: [] } as never)).toBeNull();
});
