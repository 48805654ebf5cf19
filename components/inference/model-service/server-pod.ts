import { nodeAllocatable } from "../../../catalog/allocatable";
import { fabricProfile } from "../../../catalog/fabric-profile";
import { gpuResource, gpuToleration, labels, spotTaint } from "../../../catalog/scheduling";
import { mountedSecret } from "../../../catalog/secrets-store";
import { vllm } from "../../../catalog/vllm";
import type { Input } from "@pulumi/pulumi";
import { labelsOf } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";
import { drainSeconds, groupArguments, serverArguments } from "./server-arguments";

/** What pods of servers are told that only Azure knows. */
export interface ServerWires {
  /** Storage account of the team's container; absent where no weights come from Blob. */
  readonly accountName?: Input<string> | undefined;
  /** Service account that acts as the team's identity. */
  readonly serviceAccount: string;
}

/** Seconds between the end of a pod's traffic and its stop: so long the gateway may still send it requests. */
const lastRequestsSeconds = 15;

/** Minutes that a server may take until it answers: it fetches weights, compiles and warms up. */
const startMinutes = 30;

const { uid, name: userName, home } = vllm.user;

/** The pod of a server, or of one that works with it in another node. */
export function serverPod(
  plan: ModelServicePlan,
  server: ServerPlan,
  role: "server" | "worker",
  { accountName, serviceAccount }: ServerWires,
): object {
  const { name, namespace, pool, size } = plan;
  if (size.gpu === null) throw new Error(`The checks let ${size.name} pass, which has no GPU.`);
  const group = server.fit.pipeline > 1;
  const streamed = server.source.kind === "blob";
  const token = tokenOf(server);
  const resources = group ? fabricProfile(pool).resources : partOfNode(plan, server);
  const memoryGiB = Number.parseInt(resources["memory"] ?? "0", 10);
  const fabric = group ? fabricProfile({ ...pool, ncclTopologyFile: false }) : null;
  const root = fabric?.securityContext ?? null;
  return {
    metadata: {
      labels: { ...labelsOf(name, server, role), ...(streamed && { "azure.workload.identity/use": "true" }) },
    },
    spec: {
      ...((streamed || token !== null) && { serviceAccountName: serviceAccount }),
      automountServiceAccountToken: false,
      // A service of the namespace could become a variable that vLLM reads.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: lastRequestsSeconds + drainSeconds + 45,
      nodeSelector: { [labels.pool]: pool.key },
      tolerations: [gpuToleration(size.gpu), { key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }],
      ...(group ? { affinity: sameDomain(name, server) } : { topologySpreadConstraints: [spread(name, server)] }),
      securityContext: {
        ...(root === null && { runAsNonRoot: true, runAsUser: uid, runAsGroup: 0, fsGroup: uid }),
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "vllm",
          image: server.image,
          args: [
            ...serverArguments(name, server, { container: namespace, memoryGiB }),
            ...(group ? groupArguments(role) : []),
          ],
          env: [
            { name: "HOME", value: home },
            { name: "USER", value: userName },
            { name: "VLLM_NO_USAGE_STATS", value: "1" },
            ...Object.entries(fabric?.env ?? {}).map(([key, value]) => ({ name: key, value })),
            ...sourceVariables(server, accountName),
          ],
          ports: [{ name: "http", containerPort: vllm.port }],
          resources: { requests: { ...resources, ...diskRequest(plan, server) }, limits: resources },
          securityContext: root ?? { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          ...(role === "server" && probes),
          volumeMounts: [
            { name: "shared-memory", mountPath: "/dev/shm" },
            { name: "cache", mountPath: `${home}/.cache` },
            ...(token === null ? [] : [token.mount]),
          ],
        },
      ],
      volumes: [
        // A container has 64 MiB by itself, with which NCCL stops. What is in it counts as memory of the container.
        { name: "shared-memory", emptyDir: { medium: "Memory" } },
        cacheVolume(plan, server),
        ...(token === null ? [] : [token.volume]),
      ],
    },
  };
}

const health = { httpGet: { path: "/health", port: "http" } };

/** The server says that it is healthy once it is warm, and not before. */
const probes = {
  startupProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: startMinutes * 6 },
  readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
  livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
  lifecycle: { preStop: { sleep: { seconds: lastRequestsSeconds } } },
};

/** As much of a node as the GPUs are of its GPUs. */
function partOfNode({ pool, size }: ModelServicePlan, { fit }: ServerPlan): Readonly<Record<string, string>> {
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const part = (of: number): number => Math.floor((of * fit.tensor) / pool.gpusPerNode);
  if (size.gpu === null) throw new Error(`The checks let ${size.name} pass, which has no GPU.`);
  return { cpu: String(part(cpu)), memory: `${part(memoryGiB)}Gi`, [gpuResource(size.gpu)]: String(fit.tensor) };
}

function sourceVariables({ source }: ServerPlan, accountName: Input<string> | undefined): object[] {
  if (source.kind === "blob") {
    return [
      { name: "AZURE_STORAGE_ACCOUNT_NAME", value: accountName },
      { name: "HF_HUB_OFFLINE", value: "1" },
    ];
  }
  const { gatedBy, tokenSecret } = source;
  // Source: huggingface/huggingface_hub:src/huggingface_hub/constants.py (HF_TOKEN_PATH)
  if (tokenSecret !== null) return [{ name: "HF_TOKEN_PATH", value: mountedSecret(tokenSecret).file }];
  // The team makes it, of its own account there.
  return gatedBy === null
    ? []
    : [{ name: "HF_TOKEN", valueFrom: { secretKeyRef: { name: "hugging-face", key: "token" } } }];
}

/** The token by which a server may download its model, where it is a secret of the team. */
function tokenOf({ source }: ServerPlan): ReturnType<typeof mountedSecret> | null {
  return source.kind === "huggingFace" && source.tokenSecret !== null ? mountedSecret(source.tokenSecret) : null;
}

/** What vLLM compiles, and what it downloads: on the node's NVMe disks, where a storage class has them. */
function cacheVolume({ scratchStorageClass }: ModelServicePlan, { scratchGiB }: ServerPlan): object {
  const storage = `${scratchGiB}Gi`;
  if (scratchStorageClass === null) return { name: "cache", emptyDir: { sizeLimit: storage } };
  const spec = {
    accessModes: ["ReadWriteOnce"],
    storageClassName: scratchStorageClass,
    resources: { requests: { storage } },
  };
  return { name: "cache", ephemeral: { volumeClaimTemplate: { spec } } };
}

/** What of the OS disk the cache may fill, where it is there: another pod that wants the same finds another node. */
function diskRequest({ scratchStorageClass }: ModelServicePlan, { scratchGiB }: ServerPlan): Record<string, string> {
  return scratchStorageClass === null ? { "ephemeral-storage": `${scratchGiB}Gi` } : {};
}

/** Servers of a model on different nodes, as far as there are any. */
function spread(model: string, server: ServerPlan): object {
  return {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labelsOf(model, server, "server") },
  };
}

/**
 * All pods of one group in one InfiniBand domain. Not by LeaderWorkerSet's own exclusive topology, which would let each domain have one
 * group and no more.
 * Source: kubernetes-sigs/lws:pkg/webhooks/pod_webhook.go (v0.9.0, SetExclusiveAffinities)
 */
function sameDomain(model: string, { name }: ServerPlan): object {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: labels.infinibandDomain,
          labelSelector: { matchLabels: { "app.kubernetes.io/name": model, "app.kubernetes.io/instance": name } },
          matchLabelKeys: ["leaderworkerset.sigs.k8s.io/group-index"],
        },
      ],
    },
  };
}
