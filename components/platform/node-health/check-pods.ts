import { gpuHealthTaint, gpuResources, labels, spotTaint } from "../../../catalog/scheduling";
import type { KubernetesObjects } from "../add-on";
import { checkScript, hyperVFolder } from "./check-script";
import { checksApp, checksContainer } from "./controller-config";
import type { GatedPool } from "./gate";

/** Priority of the pods that check: whatever else wants the GPUs of a node that works comes first. */
const priorityClass = "node-health-checks";

/**
 * The pods that check: for each pool a DaemonSet with all devices of a node, for the nodes whose checks are due. The label that says so
 * brings the pod and takes it away, so that nobody needs the right to make pods in a namespace where they may do much.
 */
export function checkPods(namespace: string, pools: readonly GatedPool[], image: string): KubernetesObjects {
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
            template: { metadata: { labels: labelsOf(pool) }, spec: podSpec(pool, image) },
          },
        },
      ]),
    ),
  };
}

function labelsOf({ key }: GatedPool): Readonly<Record<string, string>> {
  return { app: checksApp, [labels.pool]: key };
}

function podSpec(pool: GatedPool, image: string): object {
  const devices = Object.fromEntries(
    Object.entries(pool.devices).map(([resource, count]) => [resource, String(count)]),
  );
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
    terminationGracePeriodSeconds: 1,
    // The checks end, so that they are read while their pod is there.
    initContainers: [
      {
        name: checksContainer,
        image,
        command: ["bash", "-c", checkScript(pool)],
        resources: {
          requests: { cpu: "1", memory: "4Gi", ...devices },
          limits: { memory: "32Gi", ...devices },
        },
        // Adapters lock memory, the kernel's log is for those who may read it, and processes stay beside their GPUs.
        securityContext: {
          runAsUser: 0,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"], add: ["IPC_LOCK", "SYSLOG", "SYS_NICE"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "shm", mountPath: "/dev/shm" },
          { name: "hyperv", mountPath: hyperVFolder, readOnly: true },
        ],
      },
    ],
    containers: [
      {
        name: "wait",
        image,
        command: ["sleep", "infinity"],
        resources: { requests: { cpu: "1m", memory: "4Mi" }, limits: { memory: "32Mi" } },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
    ],
    volumes: [
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } },
      // Empty where the image of the node does not talk to Hyper-V: then the machine below has no name.
      { name: "hyperv", hostPath: { path: hyperVFolder, type: "DirectoryOrCreate" } },
    ],
  };
}
