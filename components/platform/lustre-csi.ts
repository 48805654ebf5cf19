import { z } from "zod";
import { lustreCsi as facts, lustreCsiDriverName, type LustreCsiFlavor } from "../../catalog/lustre-csi";
import { labels as ourLabels, platformWorkload } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import type { AddOn, KubernetesObject, KubernetesObjects } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** Name of what there is one of, and of the namespace. */
const name = "lustre-csi";

/** Folders of kubelet. Source: kubernetes-sigs/azurelustre-csi-driver:deploy/csi-azurelustre-node-noble.yaml (v0.4.0) */
const kubelet = "/var/lib/kubelet";
const socketFolder = `${kubelet}/plugins/${lustreCsiDriverName}`;

/**
 * The driver of Managed Lustre on every node of teams: it installs Lustre's client for the node's kernel, from packages.microsoft.com,
 * and mounts file systems that are there. It makes none, so its controller and the rights for that are left out, and as its pods ask
 * Kubernetes for nothing, they have no token. A restart of its pod leaves what is mounted as it is.
 * Not on nodes with ARM processors, for which it has no image, and not on Azure Linux. Costs nothing.
 */
export const lustreCsi: AddOn<typeof settings> = {
  name,
  gives:
    "Lustre's client on the nodes of teams, and the driver that mounts their Lustre volumes (x64 nodes with Ubuntu)",
  verify: "kubectl --namespace lustre-csi get pods -o wide; kubectl get csinodes -o yaml | grep azurelustre",
  wanted: { when: "the environment has a Lustre file system", holds: ({ lustre }) => lustre === true },
  needs: [],
  after: [],
  // It loads kernel modules and mounts on the node.
  namespace: { name, podSecurity: "privileged", ingressPorts: [] },
  release: null,
  generalCpus: 0,
  manifest: versions.lustreCsiDriver,
  aliases: [],
  settings,
  contents: () => ({ values: {}, crds: null, objects: objects(), handsOver: null }),
};

function objects(): KubernetesObjects {
  return {
    "lustre-csi-driver": {
      apiVersion: "storage.k8s.io/v1",
      kind: "CSIDriver",
      metadata: { name: lustreCsiDriverName },
      spec: { fsGroupPolicy: "File", attachRequired: false, podInfoOnMount: true },
    },
    ...Object.fromEntries(facts.flavors.map((flavor) => [`${name}-${flavor.release}`, nodes(flavor)])),
  };
}

function nodes(flavor: LustreCsiFlavor): KubernetesObject {
  const labels = { app: name, flavor: flavor.release };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    // By the label the policies know it for a driver of nodes.
    metadata: {
      name: `${name}-${flavor.release}`,
      namespace: name,
      labels: { [ourLabels.workload]: platformWorkload },
    },
    spec: {
      selector: { matchLabels: labels },
      // One after the other takes a day on hundreds of nodes. What is mounted stays mounted.
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      template: { metadata: { labels }, spec: podSpec(flavor) },
    },
  };
}

function podSpec(flavor: LustreCsiFlavor): object {
  const mount = (name: string, mountPath: string, more?: object): object => ({ name, mountPath, ...more });
  const socket = mount("socket-dir", "/csi");
  const folder = (name: string, path: string, type: string): object => ({ name, hostPath: { path, type } });
  return {
    // The client takes the node's own network interfaces.
    hostNetwork: true,
    dnsPolicy: "Default",
    automountServiceAccountToken: false,
    priorityClassName: "system-node-critical",
    nodeSelector: { "kubernetes.io/os": "linux", "kubernetes.io/arch": facts.architecture },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: facts.osLabel, operator: "In", values: flavor.nodes },
                // Pods of teams never run there.
                { key: "kubernetes.azure.com/mode", operator: "NotIn", values: ["system"] },
              ],
            },
          ],
        },
      },
    },
    // Whatever keeps others away: GPUs, nodes that are not ready for work, Spot.
    tolerations: [{ operator: "Exists" }],
    containers: [
      {
        name: "liveness-probe",
        image: facts.sidecars.livenessProbe,
        args: ["--csi-address=/csi/csi.sock", "--probe-timeout=120s", `--health-port=${facts.healthPort}`, "--v=2"],
        ...sidecar,
        volumeMounts: [socket],
      },
      {
        name: "node-driver-registrar",
        image: facts.sidecars.nodeDriverRegistrar,
        args: ["--csi-address=/csi/csi.sock", `--kubelet-registration-path=${socketFolder}/csi.sock`, "--v=2"],
        livenessProbe: {
          exec: {
            command: [
              "/csi-node-driver-registrar",
              `--kubelet-registration-path=${socketFolder}/csi.sock`,
              "--mode=kubelet-registration-probe",
            ],
          },
          initialDelaySeconds: 30,
          timeoutSeconds: 15,
        },
        ...sidecar,
        volumeMounts: [socket, mount("registration-dir", "/registration")],
      },
      driver(flavor, [
        socket,
        // What it mounts there the node and the pods of teams must see.
        mount("mountpoint-dir", kubelet, { mountPropagation: "Bidirectional" }),
        // Its manifest gives it the node's cloud configuration, which it only reads.
        mount("azure-cred", "/etc/kubernetes", { readOnly: true }),
        mount("host-dev", "/dev"),
        mount("host-os-release", "/etc/host-os-release", { readOnly: true }),
      ]),
    ],
    volumes: [
      folder("socket-dir", socketFolder, "DirectoryOrCreate"),
      folder("registration-dir", `${kubelet}/plugins_registry`, "Directory"),
      folder("mountpoint-dir", kubelet, "Directory"),
      folder("azure-cred", "/etc/kubernetes", "DirectoryOrCreate"),
      folder("host-dev", "/dev", "Directory"),
      folder("host-os-release", "/etc/os-release", "File"),
    ],
  };
}

/** Root, for the folders of kubelet belong to it, and nothing more. */
const sidecar = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
  resources: { requests: { cpu: "10m", memory: "20Mi" }, limits: { cpu: "100m", memory: "100Mi" } },
} as const;

/** The container that installs the client and mounts. It counts as started once the client answers, for which it has ten minutes. */
function driver({ release, client }: LustreCsiFlavor, volumeMounts: readonly object[]): object {
  const ready = { exec: { command: ["/app/readinessProbe.sh"] }, initialDelaySeconds: 10 };
  return {
    name: "azurelustre",
    image: `${facts.image}:v${versions.lustreCsiDriver.version}-${release}`,
    args: [
      "-v=5",
      "--endpoint=unix:///csi/csi.sock",
      "--nodeid=$(KUBE_NODE_NAME)",
      // There is no such taint, and without a token it could not take one away.
      "--remove-not-ready-taint=false",
    ],
    env: [
      { name: "AZURELUSTRE_CSI_INSTALL_LUSTRE_CLIENT", value: "yes" },
      { name: "LUSTRE_VERSION", value: client.version },
      { name: "CLIENT_SHA_SUFFIX", value: client.build },
      { name: "KUBE_NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } },
    ],
    ports: [{ name: "healthz", containerPort: facts.healthPort, hostPort: facts.healthPort, protocol: "TCP" }],
    // Another version of the client can be loaded only when this one is gone. While something is mounted it stays.
    lifecycle: { preStop: { exec: { command: ["/bin/sh", "-c", "lustre_rmmod"] } } },
    livenessProbe: {
      httpGet: { path: "/healthz", port: "healthz" },
      failureThreshold: 5,
      initialDelaySeconds: 60,
      timeoutSeconds: 10,
      periodSeconds: 30,
    },
    readinessProbe: { ...ready, failureThreshold: 5, timeoutSeconds: 10, periodSeconds: 30 },
    startupProbe: { ...ready, failureThreshold: 120, timeoutSeconds: 5, periodSeconds: 5 },
    securityContext: { privileged: true },
    resources: { requests: { cpu: "10m", memory: "20Mi" }, limits: { cpu: "1", memory: "200Mi" } },
    volumeMounts,
  };
}
