import { z } from "zod";
import { isAtLeast } from "../../../catalog/kubernetes-versions";
import type { MemlockMode } from "../../../catalog/memlock";
import { labels, memlockTaint } from "../../../catalog/scheduling";
import { versions } from "../../../catalog/versions";
import type { AddOn, KubernetesObjects, PlatformFacts } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { closeNewNodes, closesNodesSince } from "../close-new-nodes";
import { hostFolder, raiseLimit, releaseNode, tokenFolder } from "./node-steps";
import { ownNodeRules } from "./own-node-rules";

/** Name of all that there is one of, and of the namespace. */
const name = "memlock";

/** Mode of the pools whose nodes it opens. */
const mode: MemlockMode = "node";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * Unlimited locked memory on the nodes of pools whose memlock is `node`, which RDMA needs: Kubernetes has no setting for it, and
 * nodes of AKS keep the low default. A new node gets a taint and takes no other pods until one of its containers has shown that it
 * may. Costs nothing.
 */
export const memlock: AddOn<typeof settings> = {
  name,
  gives: "unlimited locked memory on the nodes of InfiniBand pools, shown in a container of each",
  verify:
    "kubectl --namespace memlock get pods -o wide; kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints[*].key",
  wanted: { when: "a GPU pool has memlock `node`", holds: (facts) => poolsOf(facts).length > 0 },
  needs: [],
  after: [],
  // Its pods write a file of the node and start the container runtime anew.
  namespace: { name, podSecurity: "privileged", ingressPorts: [] },
  release: null,
  generalCpus: 0,
  manifest: versions.azureLinux,
  aliases: [],
  settings,
  contents({ facts }, problems) {
    const pools = poolsOf(facts);
    problems.require(pools.length > 0, "", "is not possible: no GPU pool has memlock 'node'", {
      remedy: "Leave it out: pods of the other pools lock memory by a capability of their own, or need not",
    });
    const rule = `needs Kubernetes ${closesNodesSince}, to hold pods back from a new node until its limit is raised`;
    problems.require(pools.length === 0 || isAtLeast(facts.kubernetesVersion, closesNodesSince), "", rule, {
      got: facts.kubernetesVersion,
      remedy:
        `Write memlock: ipc-lock (default: node) at ${pools.map((it) => `gpuPools.${it.key}`).join(", ")}, ` +
        "or upgrade the cluster",
    });
    return { values: {}, crds: null, objects: objects(), handsOver: null };
  },
};

/** Pools whose nodes have to be opened. */
function poolsOf({ pools }: PlatformFacts): PlatformFacts["pools"] {
  return pools.filter((it) => it.memlock === mode);
}

function objects(): KubernetesObjects {
  const metadata = { name, namespace: name };
  const rbac = "rbac.authorization.k8s.io";
  return {
    "memlock-account": { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    "memlock-rights": {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get", "patch"] }],
    },
    "memlock-binding": {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", ...metadata }],
    },
    ...closeNewNodes("memlock-new-nodes", {
      taint: memlockTaint,
      selector: { matchLabels: { [labels.memlock]: mode } },
    }),
    ...admissionPolicy("memlock-own-node", ownNodeRules(`system:serviceaccount:${name}:${name}`)),
    "memlock-nodes": {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata,
      spec: {
        selector: { matchLabels: { app: name } },
        // Nodes do not wait for one another.
        updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
        template: { metadata: { labels: { app: name } }, spec: podSpec() },
      },
    },
  };
}

function podSpec(): object {
  const { image: repository, version, digest } = versions.azureLinux;
  const image = `${repository}:${version}@${digest}`;
  const resources = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };
  const field = (variable: string, fieldPath: string): object => ({
    name: variable,
    valueFrom: { fieldRef: { fieldPath } },
  });
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    nodeSelector: { [labels.memlock]: mode },
    // Whatever keeps others away: GPUs, nodes that are not ready for work, Spot.
    tolerations: [{ operator: "Exists" }],
    // Nothing else runs on the node before this has.
    priorityClassName: "system-node-critical",
    terminationGracePeriodSeconds: 1,
    initContainers: [
      {
        name: "raise",
        image,
        command: ["bash", "-c", raiseLimit],
        env: [field("POD_UID", "metadata.uid")],
        resources,
        // Root with the node's files is enough to speak to systemd and to the runtime, but for the profile that hides sockets.
        securityContext: {
          runAsUser: 0,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          appArmorProfile: { type: "Unconfined" },
        },
        volumeMounts: [{ name: "node", mountPath: hostFolder }],
      },
    ],
    containers: [
      {
        name: "release",
        image,
        command: ["bash", "-c", releaseNode],
        env: [field("NODE_NAME", "spec.nodeName")],
        resources,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
        volumeMounts: [{ name: "token", mountPath: tokenFolder, readOnly: true }],
      },
    ],
    volumes: [
      { name: "node", hostPath: { path: "/" } },
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
