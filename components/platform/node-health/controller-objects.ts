import { createHash } from "node:crypto";
import { annotations, systemNodeToleration } from "../../../catalog/scheduling";
import { versions } from "../../../catalog/versions";
import type { KubernetesObject, KubernetesObjects } from "../add-on";
import { metricsPort, pairsName } from "./controller-config";
import { controllerProgram } from "./controller-program";

/** What the controller runs with. */
interface ControllerText {
  /** Its configuration. */
  readonly json: string;
  /** What people should know of it. */
  readonly notes: readonly string[];
  /** Whether it may ask pods of all namespaces to leave their nodes. */
  readonly evicts: boolean;
}

const folders = { program: "/program", token: "/var/run/secrets/kubernetes.io/serviceaccount" } as const;

/** Where the API server is for pods. Source: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const apiServer = "https://kubernetes.default.svc";

/**
 * One controller for all nodes, with its program and its rights. One, because only who sees all nodes of a pool knows how many may be
 * closed; and never on GPU nodes, whose taint it does not tolerate, so that nobody's jobs share a node with a token that may change
 * nodes.
 */
export function controllerObjects(name: string, { json, notes, evicts }: ControllerText): KubernetesObjects {
  const metadata = { name, namespace: name };
  const rbac = "rbac.authorization.k8s.io";
  const account = { kind: "ServiceAccount", ...metadata };
  const role = (
    kind: "Role" | "ClusterRole",
    of: KubernetesObject["metadata"],
    rules: readonly object[],
  ): KubernetesObject => ({
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: of,
    rules,
  });
  const binding = (kind: "Role" | "ClusterRole", of: KubernetesObject["metadata"]): KubernetesObject => ({
    apiVersion: `${rbac}/v1`,
    kind: `${kind}Binding`,
    metadata: of,
    roleRef: { apiGroup: rbac, kind, name },
    subjects: [account],
  });
  // Events of nodes, which are in no namespace, are kept in this one.
  const events = { name, namespace: "default" };
  const health = "health.aks.io";
  // A program reads its files once, so its pod is made anew when they change.
  const hash = createHash("sha256").update(controllerProgram).update(json).digest("hex");
  return {
    "node-health-account": { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    "node-health-rights": role("ClusterRole", { name }, [
      { apiGroups: [""], resources: ["nodes"], verbs: ["list", "patch"] },
      { apiGroups: [""], resources: ["nodes/status"], verbs: ["patch"] },
      // Whether somebody uses the GPUs of a node.
      { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
      ...(evicts ? [{ apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] }] : []),
      { apiGroups: [health], resources: ["healthcheckrequests"], verbs: ["list"] },
      { apiGroups: [health], resources: ["healthsignals"], verbs: ["list", "create"] },
      { apiGroups: [health], resources: ["healthsignals/status"], verbs: ["patch"] },
    ]),
    "node-health-binding": binding("ClusterRole", { name }),
    "node-health-logs": role("Role", metadata, [
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      { apiGroups: [""], resources: ["configmaps"], resourceNames: [pairsName], verbs: ["get", "patch"] },
    ]),
    "node-health-logs-binding": binding("Role", metadata),
    "node-health-events": role("Role", events, [{ apiGroups: [""], resources: ["events"], verbs: ["create"] }]),
    "node-health-events-binding": binding("Role", events),
    "node-health-program": {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { ...metadata, ...(notes.length > 0 && { annotations: { [annotations.notes]: notes.join("\n") } }) },
      data: { "controller.js": controllerProgram, "config.json": json },
    },
    "node-health-controller": {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas: 1,
        // Never two at a time, where the cluster can help it. Two would do the same twice.
        strategy: { type: "Recreate" },
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name }, annotations: { [`${name}/config`]: hash } },
          spec: podSpec(name),
        },
      },
    },
  };
}

function podSpec(name: string): object {
  const { image, version, digest } = versions.nodeJs;
  const program = `${folders.program}/controller.js`;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    tolerations: [systemNodeToleration],
    // Nodes without a verdict take no work, so it comes before what waits for them.
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "controller",
        image: `${image}:${version}@${digest}`,
        command: [
          ...["node", program, apiServer, `${folders.token}/token`, `${folders.program}/config.json`],
          String(metricsPort),
        ],
        ports: [{ name: "metrics", containerPort: metricsPort }],
        env: [{ name: "NODE_EXTRA_CA_CERTS", value: `${folders.token}/ca.crt` }],
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "512Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [
          { name: "program", mountPath: folders.program, readOnly: true },
          { name: "token", mountPath: folders.token, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: "program", configMap: { name } },
      {
        name: "token",
        projected: {
          sources: [
            { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
            { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          ],
        },
      },
    ],
  };
}
