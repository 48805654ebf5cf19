import { bytesPerGiB } from "../catalog/netapp-levels";
import { number } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { askOwn, type Own } from "./own";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, get, unanswered } from "./question";
import { usageOf, type UsagePlace, usagesQuestion } from "./usages";

interface Needs {
  readonly place: UsagePlace;
  /** Capacity pools of the plan: each buys what it is large. */
  readonly pools: readonly PlannedAzureResource[];
  readonly resources: readonly PlannedAzureResource[];
}

interface Answers {
  readonly usages: Answer;
  readonly own: Own;
  /** Pools that an earlier `up` made, as large as they are now. */
  readonly made: readonly Answer[];
}

/** The quota, as Azure calls it. Source: Azure/azure-rest-api-specs:specification/netapp/.../examples/2025-06-01/Usages_List.json */
const quota = "totalTibsPerSubscription";

/** TiB of NetApp Files that the subscription may have in the region: 25, unless Azure's support raised it. */
export const netAppQuota: Check<Needs, Answers> = {
  name: "NetApp quota",
  needs: ({ subscriptionId, location, resources }) => {
    const pools = resources.filter((it) => it.arm === "Microsoft.NetApp/netAppAccounts/capacityPools");
    const place = { subscriptionId, location, provider: "Microsoft.NetApp", apiVersion: armVersions.netApp };
    return pools.length === 0 ? null : { place, pools, resources };
  },
  ask: async ({ place, pools, resources }, ask) => {
    const [usages, own] = await Promise.all([
      ask(usagesQuestion(place)),
      askOwn(place.subscriptionId, { resources, machines: [] }, ask),
    ]);
    const made = await Promise.all(
      pools
        .filter((it) => own.ids.has(it.id.toLowerCase()))
        .map((it) =>
          ask(
            get(it.id, {
              apiVersion: armVersions.netApp,
              right: "Microsoft.NetApp/netAppAccounts/capacityPools/read",
              has: "properties.size",
            }),
          ),
        ),
    );
    return { usages, own, made };
  },
  judge: ({ place, pools }, { usages, own, made }) => [
    judgePools(
      place,
      pools.reduce((sum, it) => sum + tibOf(it.inputs, "size"), 0),
      usages,
      { own, made },
    ),
  ],
};

function judgePools(
  { location }: UsagePlace,
  tib: number,
  usages: Answer,
  { own, made }: Pick<Answers, "own" | "made">,
): Finding {
  const need = `${tib} TiB`;
  if (usages.kind !== "found") return unanswered(quota, need, usages);
  const usage = usageOf(usages, quota);
  if (usage === undefined)
    return warning(quota, need, `Microsoft.NetApp lists no such quota in ${location}`, "Look at Quotas in the portal");
  const mine = made.reduce((sum, it) => sum + (it.kind === "found" ? tibOf(it.body, "properties.size") : 0), 0);
  const others = Math.max(0, usage.used - mine);
  const have = `${usage.limit} TiB, ${usage.used} used${mine === 0 ? "" : `, ${mine} of them by this environment`}`;
  if (tib + others <= usage.limit) return ok(quota, need, have);
  const unknown = own.unknown ?? made.find((it) => it.kind !== "found");
  if (unknown !== undefined) return unanswered(quota, need, unknown);
  // Source: MicrosoftDocs/azure-docs:articles/azure-netapp-files/regional-capacity-quota.md (2021-10-11)
  const request = "Help + support, Service and subscription limits (quotas), Azure NetApp Files";
  return missing(quota, need, have, `Ask for ${tib + others} TiB in ${location}: ${request}`);
}

function tibOf(value: unknown, path: string): number {
  return number(value, path) / (bytesPerGiB * 1024);
}
