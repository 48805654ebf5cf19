import type { z } from "zod";
import { kubernetesVersions, parseKubernetesVersion, supportOf } from "../../../catalog/kubernetes-versions";
import { limits } from "../../../catalog/limits";
import type { Place } from "../../../catalog/place";
import { findRegion } from "../../../catalog/regions";
import { sizeHint } from "../../../catalog/size-hint";
import { parseCidr } from "../../../core/cidr";
import { isUuid } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { checkNodeSettings } from "../agent-pool/node-settings";
import { versionRemedy } from "../version-remedy";
import { authorizedIpRanges } from "./api-server-access";
import type { kubernetesClusterShape } from "./shape";
import { holdsOsDisk, systemOsDiskGiB } from "./system-pool";

type Shape = z.output<typeof kubernetesClusterShape>;

/**
 * Notes a problem unless AKS supports the version.
 * @param today ISO date, `null` to take any version that the catalogue knows.
 */
export function checkVersion(shape: Shape, today: string | null, problems: Problems): void {
  const { kubernetesVersion: version, longTermSupport, tier, upgrades } = shape;
  const open = kubernetesVersions.filter((it) => today === null || it.endOfSupport >= today).map((it) => it.minor);
  const support = today === null ? null : supportOf(version, today);
  const supported =
    support === null
      ? open.includes(parseKubernetesVersion(version)?.minor ?? "")
      : support === "community" || (longTermSupport && support === "long-term");
  const when = today === null ? "Known" : "In support today";
  problems.require(
    supported,
    "kubernetesVersion",
    "must be a version that AKS supports, as major.minor or major.minor.patch",
    { got: version, remedy: versionRemedy(version, open, when) },
  );
  problems.require(!longTermSupport || tier === "Premium", "longTermSupport", "needs tier Premium", {
    got: tier,
    remedy: "Use tier: Premium, which costs more by the hour, or longTermSupport: false",
  });
  const channel = upgrades.kubernetes;
  problems.require(
    channel === "none" || typeof parseKubernetesVersion(version)?.patch !== "number",
    "kubernetesVersion",
    `must be a minor version while upgrades.kubernetes is ${channel}: AKS raises the patch, and refuses to go back to this one`,
    { got: version, remedy: "Leave the patch out, or use upgrades.kubernetes: none" },
  );
}

/** Notes a problem for whoever could not, or should not, reach the API server. */
export function checkAccess({ adminGroupObjectIds: groups, apiServer }: Shape, problems: Problems): void {
  problems.require(
    groups.length > 0,
    "adminGroupObjectIds",
    "must name at least one Entra group: local accounts are off, so nobody could administer the cluster",
    { remedy: "Write the object ID of a group: az ad group show --group NAME --query id prints it" },
  );
  groups.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `adminGroupObjectIds[${at}]`,
      "must be the object ID (a UUID) of an Entra group, not its name",
      { got: id, remedy: "az ad group show --group NAME --query id prints it" },
    );
  });
  const ranges = authorizedIpRanges({ apiServer });
  if (ranges === null) return;
  problems.require(
    ranges.length > 0,
    "apiServer.authorizedIpRanges",
    "must not be empty: that would open the API server to the internet",
    { remedy: "Add your egress address, or write apiServer: private" },
  );
  const most = limits.authorizedIpRanges.value;
  problems.require(ranges.length <= most, "apiServer.authorizedIpRanges", `must be at most ${most} ranges`, {
    got: ranges.length,
    remedy: "Join ranges that lie side by side, or use a private API server",
  });
  ranges.forEach((text, at) => {
    const cidr = parseCidr(text);
    problems.require(
      cidr !== undefined && cidr.prefixLength >= 16,
      `apiServer.authorizedIpRanges[${at}]`,
      "must be an IPv4 range of /16 or smaller, with all host bits zero",
      { got: text, remedy: "For example 203.0.113.0/24, or 203.0.113.7/32 for one address" },
    );
  });
}

/** Notes a problem for a region where a cluster of this project cannot be: its API server answers in a subnet. */
export function checkRegion({ location }: Place, problems: Problems): void {
  problems.require(
    findRegion(location)?.apiServerVnetIntegration !== false,
    "location",
    "must be another region: AKS cannot place the API server in a subnet there",
    { got: location, remedy: "Set azure-native:location to a region that has it: catalog/regions.ts" },
  );
}

/** Notes a problem for a system pool that Azure would refuse or that would cost for nothing. */
export function checkSystemPool(system: Shape["systemPool"], place: Place, problems: Problems): void {
  const size = place.sizes.get(system.size);
  // Only where it is wrong: to look for the nearest name takes longer than all else here.
  if (size?.category !== "general") {
    const rule = "must be a general-purpose size of the catalogue: system pods on GPU nodes cost";
    const remedy = sizeHint(system.size, place.sizes, (it) => it.category === "general");
    problems.require(false, "systemPool.size", rule, { got: system.size, remedy });
  }
  const leastVcpus = limits.systemPoolVcpus.value;
  problems.require(
    size === undefined || size.category !== "general" || size.vcpus >= leastVcpus,
    "systemPool.size",
    `must have ${leastVcpus} vCPUs or more: AKS refuses a smaller one for its own pods`,
    { got: system.size, remedy: `Choose a size with ${leastVcpus} vCPUs or more (docs/sizes.md)` },
  );
  problems.require(
    system.osDisk !== "ephemeral" || holdsOsDisk(size),
    "systemPool.osDisk",
    `must be managed: the temporary disk of ${system.size} does not hold an OS disk of ${systemOsDiskGiB} GiB`,
    { got: system.osDisk, remedy: "Write osDisk: managed, or choose a size with a larger temporary disk" },
  );
  const settings = new Problems();
  checkNodeSettings(system, size, settings);
  for (const problem of settings.list) problems.add({ ...problem, path: `systemPool.${problem.path}` });
  problems.requireWhole("systemPool.nodes", system.nodes, [1, limits.aksNodesPerPool.value]);
  (system.zones ?? []).forEach((zone, at) => {
    const rule =
      place.zones.length === 0
        ? "is not possible: the region has no zones"
        : `must be one of ${place.zones.join(", ")}`;
    problems.require(place.zones.includes(zone), `systemPool.zones[${at}]`, rule, {
      got: zone,
      remedy: place.zones.length === 0 ? "Leave zones out" : `Write "${place.zones[0] ?? ""}" for example`,
    });
  });
}
