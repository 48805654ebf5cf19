import { kubernetesVersions, minorOf } from "../catalog/kubernetes-versions";
import { findRegion } from "../catalog/regions";
import { annotations } from "../catalog/scheduling";
import { describeProblem } from "../core/problems";
import { isList } from "../core/property-value";
import type { PlannedResource } from "../core/planned-resource";
import { text } from "../core/property-tree";
import type { Environment } from "../stacks/environment";
import { accessNotes } from "./access-notes";
import { fenceNotes } from "./fence-notes";
import { hoursNotes } from "./hours-notes";
import { machinesOf } from "./machines";
import { networkNotes } from "./network-notes";
import type { RecordedPlan } from "./recorded-plan";
import { podSecurityNotes } from "./pod-security-notes";
import { queueNotes } from "./queue-notes";
import { regionNotes } from "./region-notes";
import { secretNotes } from "./secret-notes";
import { storageNotes } from "./storage-notes";
import { versionNotes } from "./version-notes";

/** What notes are made of. */
export interface Noted {
  readonly environment: Environment;
  readonly resources: readonly PlannedResource[];
  /** Outputs of the other stack, by its full name. */
  readonly handedOver: Readonly<Record<string, RecordedPlan["outputs"]>>;
  /** Values of the stack file, by full key. */
  readonly values: Readonly<Record<string, string>>;
  /** ISO date. */
  readonly today: string;
}

/** Days before the end of a version's support in which an upgrade should be planned. */
const daysToUpgrade = 30;

/** What a person should know before `up` and no rule forbids: each row looks for one thing. */
const rows: readonly ((noted: Noted) => readonly string[])[] = [
  ({ environment: { deprecations } }) => deprecations.map(describeProblem),
  ({ environment: { location }, values }) => {
    const given = values["azure-native:location"] ?? "";
    return given === location ? [] : [`azure-native:location: ${JSON.stringify(given)} is read as ${location}`];
  },
  ({ values }) =>
    "azure-native:subscriptionId" in values
      ? []
      : [
          "azure-native:subscriptionId is not set: up would use the subscription of your Azure login. Set it before the first up: it is part of the storage account's name",
        ],
  ({ environment: { infra } }) =>
    (infra?.cluster.authorizedIpRanges ?? [])
      .filter((it) => /^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(it))
      .map((it) => `cluster.apiServer: ${it} is reserved for documentation; put your own egress range there before up`),
  ({ environment }) => {
    const unpriced = machinesOf(environment).filter(({ size }) => size.price === null && size.declared === undefined);
    const names = [...new Set(unpriced.map(({ size }) => size.name))];
    return names.map(
      (name) => `${name}: no list price is known, so neither its cost nor the regions that sell it can be checked`,
    );
  },
  endingSizes,
  declaredSizes,
  // What the plans found beside themselves.
  ({ environment: { infra } }) => infra?.notes ?? [],
  hoursNotes,
  idlePools,
  poolsOffUnderProtection,
  unmountedLustre,
  lustreOnArm,
  storageNotes,
  regionNotes,
  networkNotes,
  endOfSupport,
  oneZone,
  podSecurityNotes,
  fenceNotes,
  otherTeams,
  queueNotes,
  accessNotes,
  secretNotes,
  versionNotes,
  // What add-ons say of the objects that they make.
  ({ resources }) =>
    resources.flatMap(({ inputs }) => text(inputs, `metadata.annotations["${annotations.notes}"]`)?.split("\n") ?? []),
];

/** All notes on an environment. */
export function notes(noted: Noted): readonly string[] {
  return rows.flatMap((row) => row(noted));
}

/** Protection is of what cannot be made again: nobody should take a pool with hours to be among it. */
function poolsOffUnderProtection({ environment: { protect, infra } }: Noted): string[] {
  return (infra?.gpuPools ?? [])
    .filter(({ ref }) => protect && ref.off !== undefined)
    .map(
      ({ key }) =>
        `gpuPools.${key}: off takes its nodes all the same: environment.protect keeps cluster, network and data from a destroy, and no node, nor what jobs leave on its local disks`,
    );
}

/** Shares of a pool are checked within a stack; several may read one cluster. */
function otherTeams({ environment: { handover, teams } }: Noted): string[] {
  return handover === null || teams.length === 0
    ? []
    : [
        `teams: their shares of each pool are added up within this stack; shares of other stacks that read ${handover} come on top`,
      ];
}

/** Sizes of a former generation that somebody has said something of. */
function endingSizes({ environment }: Noted): string[] {
  const sizes = new Map(machinesOf(environment).map(({ size }) => [size.name, size.lifecycle]));
  return [...sizes].flatMap(([name, { state, note }]) =>
    state === "previous" && note !== null ? [`${name}: ${note}`] : [],
  );
}

/** Sizes whose figures are the user's own: what nobody has checked, and what nobody knows. */
function declaredSizes({ environment: { sizes, location } }: Noted): string[] {
  return [...sizes.values()]
    .filter((it) => it.declared !== undefined)
    .map(({ name, gpu, infiniband, price }) => {
      const missing = [
        ...(gpu === null && infiniband === null ? [] : ["no floors of node health"]),
        ...(gpu === null || infiniband === null ? [] : ["no NCCL profile"]),
        ...(price === null ? ["no price, so its cost is not counted"] : []),
      ];
      const lacks = missing.length === 0 ? "" : `; there are ${missing.join(", ")}`;
      return `vmSizes.${name}: its figures are your own, and nobody has checked them against Azure or that ${location} sells it (az vm list-skus --location ${location} --size ${name})${lacks}`;
    });
}

/** Nodes that bill around the clock and that nobody is given. A pool that scales to zero costs nothing. */
function idlePools({ environment: { infra, layers, teams } }: Noted): string[] {
  if (infra === null || !layers.includes("tenants")) return [];
  return infra.gpuPools
    .filter(({ agentPools }) => agentPools.some(({ body }) => body.enableAutoScaling !== true))
    .filter(({ key }) => !teams.some((it) => it.pool === key))
    .map(({ key, maxNodes }) => `gpuPools.${key}: no team works on it, and its ${maxNodes} nodes bill all the time`);
}

function unmountedLustre({ environment: { layers }, resources }: Noted): string[] {
  const made = resources.some((it) => it.type.endsWith(":AmlFilesystem"));
  const mounted = resources.some(({ inputs }) => text(inputs, "spec.csi.driver")?.includes("lustre") === true);
  if (!made || mounted || !layers.includes("tenants")) return [];
  return ["storage.lustre: no team mounts it, and its whole size bills all the time"];
}

/** The driver's images are for one architecture, and a volume that its node cannot mount is no error: the pod waits. */
function lustreOnArm({ environment: { infra }, resources }: Noted): string[] {
  if (infra === null || !resources.some((it) => it.type.endsWith(":AmlFilesystem"))) return [];
  const pools = [
    ...infra.gpuPools.map(({ key, size }) => ({ path: `gpuPools.${key}`, size })),
    ...infra.cpuPools.map(({ key, size }) => ({ path: `cpuPools.${key}`, size })),
  ];
  return pools
    .filter(({ size }) => size.architecture === "arm64")
    .map(
      ({ path }) => `${path}: Lustre's driver has no image for Arm processors, so pods that mount it never start there`,
    );
}

/** Nodes of prod that go together when a zone of the region does. GPU pools are where there is capacity. */
function oneZone({ environment: { infra, kind, location } }: Noted): string[] {
  const zones = findRegion(location)?.zones.length ?? 0;
  if (infra === null || kind !== "prod" || zones < 2) return [];
  const pools = [
    { path: "cluster.systemPool.zones", body: infra.cluster.systemPool },
    ...infra.cpuPools.flatMap(({ key, agentPools }) =>
      agentPools.map(({ body }) => ({ path: `cpuPools.${key}.zones`, body })),
    ),
  ];
  return pools
    .filter(({ body }) => (isList(body.availabilityZones) ? body.availabilityZones.length : 0) < 2)
    .map(
      ({ path }) =>
        `${path}: all of its nodes are in one zone, or Azure puts them where it likes: if that zone fails, all fail`,
    );
}

function endOfSupport({ environment: { infra }, today }: Noted): string[] {
  if (infra === null) return [];
  const { kubernetesVersion: version, managedCluster } = infra.cluster;
  const row = kubernetesVersions.find((it) => it.minor === minorOf(version));
  if (row === undefined) return [];
  const longTerm = managedCluster.supportPlan === "AKSLongTermSupport";
  const end = longTerm ? row.endOfLongTermSupport : row.endOfSupport;
  const days = Math.round((Date.parse(end) - Date.parse(today)) / 86_400_000);
  if (days < 0 || days > daysToUpgrade) return [];
  return [`cluster.kubernetesVersion: support of ${row.minor} ends on ${end}, ${days} days from now; plan the upgrade`];
}
