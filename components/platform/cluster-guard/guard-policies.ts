import { gpuResources, labels, platformWorkload, podSecurityLabel } from "../../../catalog/scheduling";
import { listOf } from "../team-fence/cel";
import type { FencePolicy } from "../team-fence/fence-policy";
import { containers, podResources, specChanges } from "../team-fence/pod-rules";

/** What a cluster decides of its guard. */
export interface GuardChoices {
  /** Names of ClusterRoleBindings that may grant cluster-admin. */
  readonly clusterAdmins: readonly string[];
}

/**
 * Azure's own components and the API server itself. Where local accounts are off, as here, nobody else has this group.
 * Source: https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad (admin credentials are of system:masters)
 */
const notAzure = "!('system:masters' in request.userInfo.groups)";

/** Namespaces that are there in every cluster and belong to nobody. */
const ofNobody = ["default", "kube-node-lease", "kube-public"];

/** Subjects that stand for more people than anybody counts. */
const everybody = ["system:masters", "system:anonymous", "system:unauthenticated", "system:authenticated"];

const internal = "service.beta.kubernetes.io/azure-load-balancer-internal";
const level = `object.metadata.?labels[?'${podSecurityLabel("enforce")}'].orValue('')`;
const workload = (of: string): string => `${of}.metadata.?labels[?'${labels.workload}'].orValue('')`;

/** A resource whose labels or annotations are looked at: the API server takes new ones with a subresource, too. */
const withMetadata = (resource: string, ...subresources: readonly string[]): readonly string[] => [
  resource,
  ...subresources.map((it) => `${resource}/${it}`),
];

/** All policies of the guard, by what they look at. The keys are part of names in the cluster. */
export function guardPolicies({ clusterAdmins }: GuardChoices): Readonly<Record<string, FencePolicy>> {
  return {
    workloads: {
      apis: { groups: ["", "apps", "batch"], versions: ["v1"] },
      resources: [
        "pods",
        "replicationcontrollers",
        "deployments",
        "replicasets",
        "statefulsets",
        "daemonsets",
        "jobs",
        "cronjobs",
      ],
      operations: ["CREATE"],
      appliesTo: null,
      namespaces: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ofNobody }],
      variables: {},
      rules: [
        {
          name: "own-namespace",
          expression: "false",
          message: `Nothing runs in ${ofNobody.join(", ")}, which have no quota, no network policy and no owner: use a namespace that was made for it.`,
        },
      ],
    },
    pods: {
      resources: podResources,
      operations: ["CREATE", "UPDATE"],
      appliesTo: `${notAzure} && (${specChanges})`,
      namespaces: null,
      variables: {
        containers,
        takesGpus:
          "variables.containers.exists(it, it.?resources.?limits.orValue({}).exists(name, " +
          `name in ${listOf(gpuResources)} || name.startsWith('nvidia.com/mig-'))) || ` +
          "object.spec.?resourceClaims.orValue([]).size() > 0",
      },
      rules: [
        {
          name: "counted-gpus",
          expression:
            `!variables.takesGpus || '${labels.tenant}' in namespaceObject.metadata.?labels.orValue({}) || ` +
            `${workload("namespaceObject")} == '${platformWorkload}'`,
          message:
            "A pod with GPUs or claims must lie in a namespace of a team, whose quota counts them, or of the platform: " +
            "add the team to the stack file.",
        },
      ],
    },
    services: {
      resources: withMetadata("services", "status"),
      operations: ["CREATE", "UPDATE"],
      appliesTo: `${notAzure} && (${specChanges} || object.metadata.?annotations != oldObject.metadata.?annotations)`,
      namespaces: null,
      variables: {},
      rules: [
        {
          name: "internal-load-balancer",
          expression:
            "object.spec.?type.orValue('') != 'LoadBalancer' || " +
            `object.metadata.?annotations[?'${internal}'].orValue('') == 'true'`,
          message: `A load balancer must have the annotation ${internal} with "true": without it Azure gives it a public address.`,
        },
        {
          name: "no-node-port",
          expression: "object.spec.?type.orValue('') != 'NodePort'",
          message: "A service must not open a port on every node: use ClusterIP, and a gateway before it.",
        },
        {
          name: "no-external-ips",
          expression: "object.spec.?externalIPs.orValue([]).size() == 0",
          message: "A service must not have externalIPs: it would take the traffic of others to those addresses.",
        },
      ],
    },
    namespaces: {
      resources: withMetadata("namespaces", "status", "finalize"),
      operations: ["CREATE", "UPDATE"],
      appliesTo: `${notAzure} && (request.operation == 'CREATE' || object.metadata.?labels != oldObject.metadata.?labels)`,
      namespaces: null,
      variables: {},
      rules: [
        {
          name: "pod-security",
          expression:
            `${level} in ['baseline', 'restricted'] || ` +
            `(${level} == 'privileged' && ${workload("object")} == '${platformWorkload}')`,
          message:
            `A namespace must have the label ${podSecurityLabel("enforce")} with baseline or restricted, ` +
            "those of the platform with privileged too: without it everybody who may make pods there makes privileged ones.",
        },
      ],
    },
    rights: {
      apis: { groups: ["rbac.authorization.k8s.io"], versions: ["v1"] },
      resources: ["clusterrolebindings", "rolebindings"],
      operations: ["CREATE", "UPDATE"],
      appliesTo: notAzure,
      namespaces: null,
      variables: {},
      rules: [
        {
          name: "no-cluster-admin",
          expression:
            "object.roleRef.name != 'cluster-admin'" +
            (clusterAdmins.length === 0
              ? ""
              : ` || (object.kind == 'ClusterRoleBinding' && object.metadata.name in ${listOf(clusterAdmins)})`),
          message:
            "A binding must not grant cluster-admin, but one that platform.clusterGuard.clusterAdmins names: bind a role with the verbs that are needed.",
        },
        {
          name: "not-everybody",
          expression: `object.?subjects.orValue([]).all(it, !(it.name in ${listOf(everybody)}))`,
          message: `A binding must not be for ${everybody.slice(0, -1).join(", ")} or ${everybody.at(-1) ?? ""}.`,
        },
      ],
    },
  };
}

/** Names of all rules of the guard. */
export const guardRuleNames: readonly string[] = Object.values(guardPolicies({ clusterAdmins: [] })).flatMap(
  ({ rules }) => rules.map((it) => it.name),
);
