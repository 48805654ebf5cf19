import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, warning } from "./line";
import { askOwn, type Own } from "./own";
import { type PlannedMachines, plannedMachines } from "./planned-machines";
import type { PlannedAzureResource, QuotaNeed } from "./preflight-facts";
import { type Answer, unanswered } from "./question";
import { judgeUsage, type UsageNeed, type UsagePlace, usagesQuestion } from "./usages";

interface Needs {
  readonly place: UsagePlace;
  readonly families: readonly QuotaNeed[];
  readonly regionalVcpus: number;
  readonly machines: readonly PlannedMachines[];
  readonly resources: readonly PlannedAzureResource[];
}

/** vCPUs of each family, of all families together and of spot, for all nodes at most, surge included. */
export const computeQuota: Check<Needs, { readonly usages: Answer; readonly own: Own }> = {
  name: "vCPU quota",
  needs: ({ subscriptionId, location, quota, regionalVcpus, resources }) =>
    quota.length === 0
      ? null
      : {
          place: { subscriptionId, location, provider: "Microsoft.Compute", apiVersion: armVersions.compute },
          families: quota,
          regionalVcpus,
          machines: plannedMachines(resources),
          resources,
        },
  ask: async ({ place, machines, resources }, ask) => {
    const [usages, own] = await Promise.all([
      ask(usagesQuestion(place)),
      askOwn(place.subscriptionId, { resources, machines }, ask),
    ]);
    return { usages, own };
  },
  judge: ({ place, families, regionalVcpus, machines }, { usages, own }) => {
    const ownOf = (fits: (it: PlannedMachines) => boolean): number =>
      machines
        .filter(fits)
        .reduce((sum, it) => sum + (own.nodes.get(it.id.toLowerCase()) ?? 0) * (it.vmSize?.vcpus ?? 0), 0);
    const judge = (need: Omit<UsageNeed, "unit">): Finding => {
      const found = judgeUsage(place, usages, { ...need, unit: "vCPUs" });
      // What this environment uses already may be what seems to lack.
      return found.verdict === "missing" && own.unknown !== null
        ? unanswered(need.name, found.need, own.unknown)
        : found;
    };
    return [
      ...families.map(({ family, vcpus, spot }) =>
        family === null
          ? warning(
              "a family that no source names",
              `${vcpus} vCPUs`,
              "the catalogue cannot say which quota it is",
              `az vm list-usage --location ${place.location} --output table`,
            )
          : judge({
              name: family,
              need: vcpus,
              own: ownOf((it) => it.spot === spot && (spot || it.vmSize?.quotaFamily === family)),
              resourceType: spot ? "lowPriority" : "dedicated",
            }),
      ),
      ...(regionalVcpus === 0
        ? []
        : [judge({ name: "cores", need: regionalVcpus, own: ownOf((it) => !it.spot), resourceType: "dedicated" })]),
    ];
  },
};
