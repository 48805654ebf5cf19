import { gpuHealthTaint, gpuResources, labels, spotTaint } from "../../../catalog/scheduling";
import { adapterClaims } from "../../../catalog/adapter-claims";
import type { KubernetesObject, KubernetesObjects } from "../add-on";
import { checkScript, hyperVFolder } from "./check-script";
import { checksApp, checksContainer, pairsContainer, pairsName, productsContainer } from "./controller-config";
import type { GatedPool } from "./gate";
import { nodeVariable, pairPorts, pairScript, pairsFolder } from "./pair-script";
import { productsScript } from "./products-script";

/** Priority of the pods that check: whatever else wants the GPUs of a node that works comes first. */
const priorityClass = "node-health-checks";

/** What no container of the pods may do. */
const confined = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** What the containers of the pods are made from. */
export interface CheckImages {
  /** Azure's tools. */
  readonly checks: string;
  /** DCGM, whose plug-ins multiply matrices. It has no other tools, and is for x64 and arm64. */
  readonly products: string;
}

/** Name of the claim of adapters in the pods, where they are claimed. */
const adaptersClaim = "adapters";

/** What the containers of a pod ask for beside CPUs and memory: all devices of a node. */
interface NodeShare {
  readonly devices: Readonly<Record<string, string>>;
  /** Claims by name, for adapters that are in no count. */
  readonly claims: { readonly claims?: readonly { readonly name: string }[] };
}

/** What a container may do that only waits, or computes on the GPUs. */
const unprivileged = { ...confined, runAsNonRoot: true, runAsUser: 65532, capabilities: { drop: ["ALL"] } } as const;

/**
 * The pods that check: for each pool a DaemonSet with all devices of a node, for the nodes whose checks are due. The label that says so
 * brings the pod and takes it away, so that nobody needs the right to make pods in a namespace where they may do much.
 */
export function checkPods(namespace: string, pools: readonly GatedPool[], images: CheckImages): KubernetesObjects {
  return {
    "node-health-priority": {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: priorityClass },
      value: -1_000_000,
      preemptionPolicy: "Never",
      globalDefault: false,
      description: "Checks of idle GPU nodes, which push nobody away.",
    },
    ...(pools.some(isPaired) ? pairObjects(namespace, pools.some(isTogether)) : {}),
    ...Object.fromEntries(
      pools.flatMap(({ key, adapters }) =>
        adapters === null ? [] : [[`node-health-adapters-${key}`, adapterTemplate(namespace, key, adapters)]],
      ),
    ),
    ...Object.fromEntries(
      pools.map((pool) => [
        `node-health-checks-${pool.key}`,
        {
          apiVersion: "apps/v1",
          kind: "DaemonSet",
          metadata: { name: `${checksApp}-${pool.key}`, namespace },
          spec: {
            selector: { matchLabels: labelsOf(pool) },
            // Nodes do not wait for one another.
            updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
            template: { metadata: { labels: labelsOf(pool) }, spec: podSpec(pool, images) },
          },
        },
      ]),
    ),
  };
}

/**
 * Where the tests between nodes stand, which only the controller writes, and the way between the pods that make them.
 * @param together Whether some of them run NCCL. It and MPI listen at ports that nobody can fix, so all of TCP is open then; for these
 * pods alone, which hold no token and have nothing else that listens.
 */
function pairObjects(namespace: string, together: boolean): KubernetesObjects {
  const ports = together ? {} : { port: pairPorts.first, endPort: pairPorts.last };
  const podSelector = { matchLabels: { app: checksApp } };
  return {
    "node-health-pairs": { apiVersion: "v1", kind: "ConfigMap", metadata: { name: pairsName, namespace } },
    "node-health-pairs-ports": {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: pairsName, namespace },
      spec: {
        podSelector,
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector }], ports: [{ protocol: "TCP", ...ports }] }],
      },
    },
  };
}

/** The template of the claims by which pods of a pool get all adapters of their node. */
function adapterTemplate(
  namespace: string,
  key: string,
  adapters: NonNullable<GatedPool["adapters"]>,
): KubernetesObject {
  const { metadata, spec } = adapterClaims({ ...adapters, template: templateName(key) });
  return {
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaimTemplate",
    metadata: { ...metadata, namespace },
    spec,
  };
}

function templateName(key: string): string {
  return `${checksApp}-${key}-adapters`;
}

function labelsOf({ key }: GatedPool): Readonly<Record<string, string>> {
  return { app: checksApp, [labels.pool]: key };
}

function podSpec(pool: GatedPool, images: CheckImages): object {
  const image = pool.azureTools ? images.checks : images.products;
  const claimed = pool.adapters !== null;
  const share: NodeShare = {
    devices: Object.fromEntries(Object.entries(pool.devices).map(([resource, count]) => [resource, String(count)])),
    claims: claimed ? { claims: [{ name: adaptersClaim }] } : {},
  };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: labels.pool, operator: "In", values: [pool.key] },
                { key: labels.healthCheck, operator: "Exists" },
              ],
            },
          ],
        },
      },
    },
    // Not the taint of locked memory: whoever takes that away starts the container runtime anew, and then comes this.
    tolerations: [...gpuResources, gpuHealthTaint.key, spotTaint.key].map((key) => ({
      key,
      operator: "Exists",
      effect: "NoSchedule",
    })),
    priorityClassName: priorityClass,
    ...(claimed && { resourceClaims: [{ name: adaptersClaim, resourceClaimTemplateName: templateName(pool.key) }] }),
    terminationGracePeriodSeconds: 1,
    // The checks end, so that they are read while their pod is there. Errors that matrix products bring out are seen by those after them.
    initContainers: [
      ...(pool.expected.floors.gemmTflops === null ? [] : [multiply(pool, images.products, share)]),
      {
        name: checksContainer,
        image,
        command: ["bash", "-c", checkScript(pool)],
        resources: {
          requests: { cpu: "1", memory: "4Gi", ...share.devices },
          limits: { memory: "32Gi", ...share.devices },
          ...share.claims,
        },
        // Adapters lock memory, the kernel's log is for those who may read it, and processes stay beside their GPUs.
        securityContext: {
          ...confined,
          runAsUser: 0,
          capabilities: { drop: ["ALL"], add: ["IPC_LOCK", "SYSLOG", "SYS_NICE"] },
        },
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "shm", mountPath: "/dev/shm" },
          { name: "hyperv", mountPath: hyperVFolder, readOnly: true },
        ],
      },
    ],
    // The pod stays until its node is through, because its devices are those of the next tests, too.
    containers: [isPaired(pool) ? pairs(pool, image, share) : wait(image)],
    volumes: [
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } },
      // Empty where the image of the node does not talk to Hyper-V: then the machine below has no name.
      { name: "hyperv", hostPath: { path: hyperVFolder, type: "DirectoryOrCreate" } },
      ...(isPaired(pool) ? [{ name: "pairs", configMap: { name: pairsName } }] : []),
    ],
  };
}

function isPaired({ expected }: GatedPool): boolean {
  return expected.floors.infinibandWriteGbps !== null;
}

/** Whether two nodes of a pool make an all-reduce. */
function isTogether({ expected }: GatedPool): boolean {
  return expected.floors.allReducePairGBps !== null;
}

function wait(image: string): object {
  return {
    name: "wait",
    image,
    command: ["sleep", "infinity"],
    resources: { requests: { cpu: "1m", memory: "4Mi" }, limits: { memory: "32Mi" } },
    securityContext: unprivileged,
  };
}

/** Multiplies matrices on all GPUs, which the containers after it get again. */
function multiply({ expected }: GatedPool, image: string, { devices }: NodeShare): object {
  return {
    name: productsContainer,
    image,
    command: ["bash", "-c", productsScript(expected.gpus)],
    resources: { requests: { cpu: "1", memory: "4Gi", ...devices }, limits: { memory: "32Gi", ...devices } },
    securityContext: unprivileged,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

/**
 * Writes to other nodes of the domain, and makes an all-reduce with them where the size has a floor for it: then it needs what the checks
 * of a node need for theirs. It gets the devices that the checks before it had.
 * Source: kubernetes:pkg/kubelet/cm/devicemanager/manager.go (devicesToReuse, v1.36)
 */
function pairs(pool: GatedPool, image: string, { devices, claims }: NodeShare): object {
  const together = isTogether(pool);
  return {
    name: pairsContainer,
    image,
    command: ["bash", "-c", pairScript(pool)],
    env: [{ name: nodeVariable, valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
    resources: {
      requests: { cpu: "1", memory: together ? "4Gi" : "1Gi", ...devices },
      limits: { memory: together ? "32Gi" : "8Gi", ...devices },
      ...claims,
    },
    securityContext: {
      ...confined,
      runAsUser: 0,
      capabilities: { drop: ["ALL"], add: ["IPC_LOCK", ...(together ? ["SYS_NICE"] : [])] },
    },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...(together ? [{ name: "shm", mountPath: "/dev/shm" }] : []),
      { name: "pairs", mountPath: pairsFolder, readOnly: true },
    ],
  };
}
