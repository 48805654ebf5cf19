import { chartName } from "../catalog/chart-name";
import { gpuDirectOf } from "../catalog/gpu-direct";
import { gpuStackRows } from "../catalog/gpu-stacks";
import { nodePrice } from "../catalog/prices/node-price";
import { versions } from "../catalog/versions";
import type { VmSize } from "../catalog/vm-size";
import { mostNodes, type PoolPlan } from "../components/cluster/agent-pool/plan";
import type { GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import { MisconfiguredError } from "../core/problems";
import { number, read, text } from "../core/property-tree";
import { keysOf } from "../core/records";
import type { Preview } from "../preview/preview";
import { noCluster } from "../stacks/no-cluster";
import { handovers } from "../stacks/handover";
import type { AksPool, UpgradedPool, UpgradeFacts } from "./upgrade-facts";

/**
 * What an upgrade is planned from: the stacks of an environment as they are, the one that makes the cluster first.
 * @throws MisconfiguredError where none makes a cluster, or two name different locks
 */
export function readUpgradeFacts(environment: string, previews: readonly Preview[], today: string): UpgradeFacts {
  const [first] = previews;
  const infra = first?.environment.infra ?? null;
  if (first === undefined || infra === null) throw new MisconfiguredError("The command", [noCluster]);
  const { lock } = first.environment;
  const others = previews.filter((it) => it.environment.lock.name !== lock.name);
  if (others.length > 0)
    throw new MisconfiguredError(
      `The upgrade of '${environment}'`,
      others.map((it) => ({
        path: "environment.versions",
        rule: `must be ${lock.name} in ${it.file}, as in ${first.file}: the stacks of an environment have one lock`,
        got: JSON.stringify(it.environment.lock.name),
        remedy: "An upgrade that was begun is gone on with by its own plan, or taken back",
      })),
    );
  const { cluster } = handovers.shape.infra.parse(first.plan.outputs["infra"]);
  const region = first.environment.location;
  const { systemVmSize } = infra.cluster;
  return {
    environment,
    lock,
    retired: lock.retiredOn !== null && today >= lock.retiredOn,
    kubernetesVersion: infra.cluster.kubernetesVersion,
    cluster: {
      name: infra.cluster.managedCluster.resourceName,
      resourceGroupName: cluster.resourceGroupName,
    },
    systemNodes: infra.cluster.systemNodes,
    systemVcpus: systemVmSize?.vcpus ?? null,
    systemUsdPerHour: systemVmSize === null ? null : usdPerHour(systemVmSize, region),
    stacks: previews.map(({ environment: it, file }) => ({
      stack: it.stack,
      file,
      installs: it.layers.includes("platform"),
    })),
    installed: installedBy(previews),
    pools: [
      ...infra.gpuPools.map((it) => ({
        ...poolOf(it, region),
        gpusPerNode: it.ref.gpusPerNode,
        drivers: driversOf(it),
      })),
      ...infra.cpuPools.map((it) => poolOf(it, region)),
    ],
  };
}

function usdPerHour(size: VmSize, region: string): number | null {
  return nodePrice(size, "onDemand", region)?.usd ?? null;
}

/** Of a mirrored chart the name stays, so that it is looked at alone. */
function installedBy(previews: readonly Preview[]): string[] {
  const releases = previews
    .flatMap(({ plan }) => plan.resources)
    .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const charts = new Set(releases.map(({ inputs }) => chartName(text(inputs, "chart") ?? "")));
  return keysOf(versions).filter((it) => {
    const row = versions[it];
    return "chart" in row && charts.has(chartName(row.chart));
  });
}

function poolOf(pool: PoolPlan, region: string): UpgradedPool {
  const { section, key, size, kubernetesVersion, held, agentPools } = pool;
  return {
    section,
    key,
    size: size.name,
    vcpus: size.vcpus,
    gpusPerNode: 0,
    usdPerHour: usdPerHour(size, region),
    kubernetesVersion,
    held,
    drivers: [],
    aksPools: agentPools.map(({ name, body }) => aksPool(name, body)),
  };
}

/** Who owns a driver brings it to new nodes. */
function driversOf({ gpuStack, size, infiniband }: GpuPoolPlan): UpgradedPool["drivers"] {
  const { driver } = gpuStackRows[gpuStack];
  return [
    ...(driver === "gpuOperator" ? (["nvidiaDriver"] as const) : []),
    ...(infiniband && gpuDirectOf(size, gpuStack)?.mode === "peermem" ? (["docaDriver"] as const) : []),
  ];
}

function aksPool(name: string, body: PoolPlan["agentPools"][number]["body"]): AksPool {
  const autoscaled = read(body, "enableAutoScaling") === true;
  const nodes = mostNodes(autoscaled ? { maxNodes: number(body, "maxCount") } : { nodes: number(body, "count") });
  const settings = (of: string): number => share(text(body, `upgradeSettings.${of}`), nodes);
  const surgeNodes = settings("maxSurge");
  return {
    name,
    nodes,
    surgeNodes,
    atOnce: Math.max(1, surgeNodes, settings("maxUnavailable")),
    drainMinutes: number(body, "upgradeSettings.drainTimeoutInMinutes"),
  };
}

/** Nodes of `17%` or `1`. AKS rounds up. */
function share(given: string | undefined, nodes: number): number {
  if (given === undefined) return 0;
  const amount = Number.parseInt(given, 10);
  return given.endsWith("%") ? Math.ceil((nodes * amount) / 100) : amount;
}
