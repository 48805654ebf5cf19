import { labels } from "../../../catalog/scheduling";
import { secretsStore } from "../../../catalog/secrets-store";
import type { FencePolicy } from "./fence-policy";
import { deviceRules } from "./device-rules";
import { type ImageChoices, imageRules } from "./image-rules";
import { placementRules } from "./placement-rules";
import { prioritiesOf, type PriorityChoices } from "./priority-rules";
import { type OptionalQueued, queuedPodRule } from "./queue-rules";
import { adapterClaim, nodeDevices, onNodes, wholeNodeRules } from "./whole-node-rules";

/** Pods and what can be put into one that runs. */
export const podResources = ["pods", "pods/ephemeralcontainers"];

/**
 * New pods, and those whose `spec` changes. A pod that was there before a rule is left alone: its controller must still be able
 * to write to its metadata, and so to let it go.
 */
export const specChanges = "request.operation == 'CREATE' || object.spec != oldObject.spec";

/** Every container of a pod, of each kind. */
export const containers =
  "object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])";

/**
 * Volumes that a node mounts from nothing but the cluster itself. Not `nfs` and the like: a node mounts those with its own address and
 * without a claim, and so past the network rules and the claims of a team. Nor `csi`, but for the secrets of a team that has some: what it
 * mounts then says a class of its namespace, which the team cannot make.
 */
const volumeTypes = [
  "configMap",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** A volume with a secret of the team's, read with its own identity and no other login. */
const mountsSecret =
  `has(it.csi) && it.csi.driver == '${secretsStore.driver}' && !has(it.csi.nodePublishSecretRef) && ` +
  `namespaceObject.metadata.labels[?'${labels.secrets}'].orValue('') != ''`;

/** What a cluster decides of its teams' pods. */
export interface PodChoices extends PriorityChoices {
  readonly images: ImageChoices;
  /** Kinds whose pods queue as those of jobs do, because their add-on is there. */
  readonly queued: readonly OptionalQueued[];
}

/** Where a team's pods may run, what they may mount and which devices they may have. */
export function podRules({ images, queued, ...choices }: PodChoices): FencePolicy {
  return {
    resources: podResources,
    operations: ["CREATE", "UPDATE"],
    appliesTo: specChanges,
    namespaces: [{ key: labels.tenant, operator: "Exists" }],
    variables: {
      containers,
      tolerations: "object.spec.?tolerations.orValue([])",
      priorities: prioritiesOf(choices),
      pool: `namespaceObject.metadata.labels[?'${labels.pool}'].orValue('')`,
      images:
        "variables.containers.map(it, it.?image.orValue('')) + " +
        "object.spec.?volumes.orValue([]).filter(it, has(it.image)).map(it, it.image.?reference.orValue(''))",
      nodeDevices,
      adapterClaim,
      onNodes,
      // Every resource with a slash is a device: GPUs of each vendor, MIG instances, HCAs. They are stated as limits always.
      takesDevices:
        "variables.containers.exists(it, it.?resources.?limits.orValue({}).exists(name, name.contains('/'))) || " +
        "object.spec.?resourceClaims.orValue([]).size() > 0",
      // A pod that asks for no GPU but may run beside them takes CPUs and memory of whoever owns the node.
      mayBeOnGpuNodes: "variables.tolerations.exists(it, it.?key.orValue('').endsWith('/gpu'))",
    },
    rules: [
      {
        name: "pool",
        expression:
          "!(variables.takesDevices || variables.mayBeOnGpuNodes) || " +
          `(variables.pool != '' && object.spec.?nodeSelector[?'${labels.pool}'].orValue('') == variables.pool)`,
        message:
          "A pod that asks for GPUs or HCAs, or tolerates the taint of GPU nodes, must have a nodeSelector " +
          `${labels.pool} with the pool of its namespace's label of the same name.`,
      },
      ...placementRules(choices),
      ...deviceRules,
      ...wholeNodeRules,
      queuedPodRule(queued),
      ...imageRules(images),
      {
        name: "volume-types",
        expression: `object.spec.?volumes.orValue([]).all(it, ${volumeTypes.map((type) => `has(it.${type})`).join(" || ")} || (${mountsSecret}))`,
        message: `A volume must be one of ${volumeTypes.join(", ")}, or csi of ${secretsStore.driver} where the team has secrets.`,
      },
    ],
  };
}
