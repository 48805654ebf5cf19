import { fabricProfile } from "../../../catalog/fabric-profile";
import { gpuToleration, labels, spotTaint } from "../../../catalog/scheduling";
import { mountedSecret } from "../../../catalog/secrets-store";
import { engines } from "../../../catalog/engines";
import { routingProxy } from "../../../catalog/llm-d-router";
import { kvTransfer } from "../../../catalog/vllm";
import type { Input } from "@pulumi/pulumi";
import { besideSidecars } from "./beside-sidecars";
import { cacheAnnotations, cacheContainer, cacheRestartHook, cacheVolumes } from "./cache-sidecar";
import { podLabels, type ServerRole } from "./labels";
import { placement } from "./placement";
import type { ModelServicePlan, ServerPlan } from "./plan";
import { podResources } from "./pod-resources";
import { proxyContainer } from "./routing-proxy";
import { drainSeconds, repositoryOf, serverArguments } from "./server-arguments";
import { serverPorts } from "./server-ports";

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

/** The pod of a server, of one that works with it in another node, or of one that reads prompts for it. */
export function serverPod(
  plan: ModelServicePlan,
  server: ServerPlan,
  role: ServerRole,
  { accountName, serviceAccount }: ServerWires,
): object {
  const { name, namespace, pool, size } = plan;
  if (size.gpu === null) throw new Error(`The checks let ${size.name} pass, which has no GPU.`);
  const group = server.fit.pipeline > 1;
  const streamed = server.source.kind === "blob";
  const token = tokenOf(server);
  const repository = repositoryOf(name, server);
  const { prefill } = server;
  const engine = server.gpu.engine;
  const { user, cache, command, env, paths } = engines[engine];
  const fabric = group ? fabricProfile({ ...pool, ncclTopologyFile: false }) : null;
  const registers = group || prefill?.transfer.overTcpBecause === null;
  const root = registers ? fabricProfile(pool).securityContext : null;
  const ports = serverPorts(server, role);
  // Of a group the first answers, and of servers those that write.
  const responses = role === "server" ? server.responseCache : null;
  const sidecars = [
    ...(responses === null ? [] : [{ container: cacheContainer(server, responses), takes: responses.resources }]),
    ...(prefill === null || ports.proxy === null
      ? []
      : [{ container: proxyContainer(prefill, ports.proxy), takes: routingProxy.resources }]),
  ];
  const takes = sidecars.map((it) => it.takes);
  const resources = besideSidecars(podResources(plan, server, role), takes);
  const memoryGiB = Number.parseInt(resources["memory"] ?? "0", 10);
  return {
    metadata: {
      labels: { ...podLabels(name, server, role), ...(streamed && { "azure.workload.identity/use": "true" }) },
      ...((repository !== null || responses !== null) && {
        annotations: { ...repository?.annotations, ...(responses !== null && cacheAnnotations(responses)) },
      }),
    },
    spec: {
      ...((streamed || token !== null) && { serviceAccountName: serviceAccount }),
      automountServiceAccountToken: false,
      // A service of the namespace could become a variable that the engine reads.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: lastRequestsSeconds + drainSeconds + 45,
      nodeSelector: { [labels.pool]: pool.key },
      tolerations: [gpuToleration(size.gpu), { key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }],
      ...placement(plan, server, role, { group, near: registers }),
      securityContext: {
        ...(root === null && { runAsNonRoot: true, runAsUser: user.uid, runAsGroup: 0, fsGroup: user.uid }),
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(sidecars.length > 0 && { initContainers: sidecars.map(({ container }) => container) }),
      containers: [
        {
          name: engine,
          image: server.image,
          ...(command !== null && { command }),
          args: serverArguments(name, server, role, { container: namespace, memoryGiB }),
          env: [
            { name: "HOME", value: user.home },
            { name: "USER", value: user.name },
            ...Object.entries({ ...env, ...fabric?.env }).map(([key, value]) => ({ name: key, value })),
            ...(prefill === null ? [] : transferVariables),
            ...sourceVariables(server, accountName),
          ],
          ports: [ports.engine],
          resources: { requests: { ...resources, ...diskRequest(plan, server, role) }, limits: resources },
          securityContext: root ?? { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          ...(role !== "worker" &&
            probesAt(paths.health, ports.engine.name, responses === null ? {} : cacheRestartHook)),
          volumeMounts: [
            { name: "shared-memory", mountPath: "/dev/shm" },
            { name: "cache", mountPath: cache },
            ...(repository === null ? [] : [repository.mount]),
            ...(token === null ? [] : [token.mount]),
          ],
        },
      ],
      volumes: [
        // A container has 64 MiB by itself, with which NCCL stops. What is in it counts as memory of the container.
        { name: "shared-memory", emptyDir: { medium: "Memory" } },
        cacheVolume(plan, server, role),
        ...(repository === null ? [] : [repository.volume]),
        ...(token === null ? [] : [token.volume]),
        ...(responses === null ? [] : cacheVolumes(server)),
      ],
    },
  };
}

/** The server says that it is healthy once it is warm, and not before. The port is its own: what stands before it is healthy before. */
function probesAt(path: string, port: string, atStart: object): object {
  const health = { httpGet: { path, port } };
  return {
    startupProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: startMinutes * 6 },
    readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
    lifecycle: { ...atStart, preStop: { sleep: { seconds: lastRequestsSeconds } } },
  };
}

/** Where another server asks this one what of a prompt lies where, and how what lies there gets to it. */
const transferVariables = [
  { name: kvTransfer.variables.host, valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
  { name: kvTransfer.variables.port, value: String(kvTransfer.port) },
  ...Object.entries(kvTransfer.ucx).map(([name, value]) => ({ name, value })),
];

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

/** What an engine compiles, and what it downloads: on the node's NVMe disks, where a storage class has them. */
function cacheVolume({ scratchStorageClass }: ModelServicePlan, server: ServerPlan, role: ServerRole): object {
  const storage = `${scratchOf(server, role)}Gi`;
  if (scratchStorageClass === null) return { name: "cache", emptyDir: { sizeLimit: storage } };
  const spec = {
    accessModes: ["ReadWriteOnce"],
    storageClassName: scratchStorageClass,
    resources: { requests: { storage } },
  };
  return { name: "cache", ephemeral: { volumeClaimTemplate: { spec } } };
}

/** What of the OS disk the cache may fill, where it is there: another pod that wants the same finds another node. */
function diskRequest(
  { scratchStorageClass }: ModelServicePlan,
  server: ServerPlan,
  role: ServerRole,
): Record<string, string> {
  return scratchStorageClass === null ? { "ephemeral-storage": `${scratchOf(server, role)}Gi` } : {};
}

function scratchOf({ scratchGiB, prefill }: ServerPlan, role: ServerRole): number {
  return role === "prefill" && prefill !== null ? prefill.scratchGiB : scratchGiB;
}
