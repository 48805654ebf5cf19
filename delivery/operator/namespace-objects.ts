import { operatedNamespace } from "../../catalog/operator-accounts";
import { podSecurityLabel } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { deployer, fluxNamespace, operatorNamespace } from "./names";
import type { EnvironmentSettings } from "./operator-settings";
import { accountOf, clientIdOf, type OperatedStack } from "./stack-object";

const rbac = "rbac.authorization.k8s.io/v1";
const rbacGroup = "rbac.authorization.k8s.io";
const reads = ["get", "list", "watch"];
const inNamespace = (name: string): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/** What an administrator makes once for an environment: where its stacks live, as whom they act, and who may look. */
export function namespaceObjects(
  environment: string,
  { viewers }: EnvironmentSettings,
  stacks: readonly OperatedStack[],
): KubernetesObject[] {
  const namespace = operatedNamespace(environment);
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: namespace,
        labels: { [podSecurityLabel("enforce")]: "restricted", "azure-gpu-cluster/gitops": "stacks" },
      },
    },
    ...stacks.flatMap((it) => accountObjects(namespace, it)),
    {
      apiVersion: rbac,
      kind: "Role",
      metadata: { name: deployer, namespace },
      // No delete: what vanishes from the source stays until somebody takes it away by hand.
      rules: [
        { apiGroups: ["pulumi.com"], resources: ["stacks"], verbs: [...reads, "create", "update", "patch"] },
        {
          apiGroups: ["source.toolkit.fluxcd.io"],
          resources: ["gitrepositories", "ocirepositories"],
          verbs: [...reads, "create", "update", "patch"],
        },
      ],
    },
    {
      apiVersion: rbac,
      kind: "RoleBinding",
      metadata: { name: deployer, namespace },
      roleRef: { apiGroup: rbacGroup, kind: "Role", name: deployer },
      subjects: [{ kind: "ServiceAccount", name: deployer, namespace: fluxNamespace }],
    },
    ...viewerObjects(namespace, viewers),
    ...networkObjects(namespace),
  ];
}

/** The account of a stack. Its pods ask the API server who talks to them, which is all that they may do in this cluster. */
function accountObjects(namespace: string, of: OperatedStack): KubernetesObject[] {
  const name = accountOf(of);
  return [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        ...{ name, namespace },
        annotations: { "azure.workload.identity/client-id": clientIdOf(of) },
      },
    },
    {
      apiVersion: rbac,
      kind: "ClusterRoleBinding",
      metadata: { name: `${namespace}-${name}` },
      roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "system:auth-delegator" },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
}

function viewerObjects(namespace: string, viewers: readonly string[]): KubernetesObject[] {
  if (viewers.length === 0) return [];
  const name = "stack-viewers";
  return [
    {
      apiVersion: rbac,
      kind: "Role",
      metadata: { name, namespace },
      rules: [
        { apiGroups: ["pulumi.com"], resources: ["stacks"], verbs: reads },
        { apiGroups: ["auto.pulumi.com"], resources: ["updates", "workspaces"], verbs: reads },
        { apiGroups: ["source.toolkit.fluxcd.io"], resources: ["gitrepositories", "ocirepositories"], verbs: reads },
        { apiGroups: [""], resources: ["events"], verbs: reads },
      ],
    },
    {
      apiVersion: rbac,
      kind: "RoleBinding",
      metadata: { name, namespace },
      roleRef: { apiGroup: rbacGroup, kind: "Role", name },
      subjects: viewers.map((it) => ({ kind: "Group", apiGroup: rbacGroup, name: it })),
    },
  ];
}

/** Only the operator talks to a workspace, and a workspace to names, Flux's artefacts and HTTPS: Azure, the registry, API servers. */
function networkObjects(namespace: string): KubernetesObject[] {
  const policy = (name: string, spec: object): KubernetesObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: { podSelector: {}, ...spec },
  });
  const port = (protocol: string, number: number): object => ({ protocol, port: number });
  return [
    policy("nothing-else", { policyTypes: ["Ingress", "Egress"] }),
    policy("from-the-operator", {
      policyTypes: ["Ingress"],
      // Source: pulumi/pulumi-kubernetes-operator:operator/internal/controller/auto/workspace_controller.go (v2.9.0, WorkspaceGrpcPort)
      ingress: [{ from: [inNamespace(operatorNamespace)], ports: [port("TCP", 50051)] }],
    }),
    policy("to-what-a-stack-needs", {
      policyTypes: ["Egress"],
      egress: [
        { to: [inNamespace("kube-system")], ports: [port("UDP", 53), port("TCP", 53)] },
        { to: [inNamespace(fluxNamespace)], ports: [port("TCP", 9090)] },
        // Never the node's identity.
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }], ports: [port("TCP", 443)] },
      ],
    }),
  ];
}
