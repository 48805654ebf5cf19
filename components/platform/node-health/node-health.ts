import { z } from "zod";
import { imageOf } from "../../../catalog/image-of";
import { isAtLeast } from "../../../catalog/kubernetes-versions";
import { gpuHealthTaint, labels } from "../../../catalog/scheduling";
import { versionsOf } from "../../../catalog/version-locks";
import { versions } from "../../../catalog/versions";
import type { AddOn, KubernetesObjects } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { closeNewNodes, closesNodesSince } from "../close-new-nodes";
import { checkPods } from "./check-pods";
import { type ControllerConfig, remedies } from "./controller-config";
import { controllerObjects } from "./controller-objects";
import { gateNotes, gateOf } from "./gate";
import { ownLabelsRules } from "./own-labels-rules";

/** Name of all that there is one of, and of the namespace. */
const name = "node-health";

/** Minutes for driver, image and checks of a new node. The image alone is of some ten gigabytes. */
const deadlineMinutes = 60;

/** An image of the user's own. */
function ownImage(example: string): z.ZodString {
  return z
    .string()
    .regex(
      /^[^\s:@]+(:\d+)?(\/[^\s:@]+)+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/,
      `must be an image with its registry, such as registry.azurecr.io/${example}@sha256:...`,
    );
}

/** Choices for the checks of GPU nodes. */
const settings = z.strictObject({
  /**
   * What becomes of a node that worked and then fails a check, or whose VM Azure is about to stop. `observe`: its condition, a label and
   * an event say so, and what the next two would do. `close`: new pods also stay away until it passes; pods that run go on. `drain`: if
   * it lost a GPU, an adapter or its memory's trust, all pods also leave it, as disruption budgets allow; for that the controller may evict pods
   * of all namespaces. A new node, and one that was started anew, is closed until it passes in any case.
   */
  remediate: z.enum(remedies).default("observe"),
  /** How much of a pool may be closed because of failures, in percent of its nodes. One node always may. */
  maxClosedPercent: z.int().min(1, "must be at least 1").max(100, "must be at most 100").default(10),
  /** Minutes between two nodes of a pool that are closed, or emptied, because they failed. 0: no pause. */
  coolDownMinutes: z.int().min(0, "must be at least 0").max(1440, "must be at most 1440, a day").default(10),
  /** Hours after which an idle node that passed is checked again, which takes its GPUs for some minutes. */
  recheckHours: z
    .int()
    .min(1, "must be at least 1: a node would do little else")
    .max(8760, "must be at most 8760, a year")
    .default(168),
  /** Hours after which a node that did not pass is checked again. */
  retryHours: z
    .int()
    .min(1, "must be at least 1: a node would do little else")
    .max(168, "must be at most 168, a week")
    .default(1),
  /**
   * Keys of the GPU pools whose nodes are checked. A pool that is left out later keeps the taint on nodes that have it: take it away.
   * Without this key: all of them.
   */
  pools: z.array(z.string()).min(1, "must name at least one pool").exactOptional(),
  /**
   * Image with the tools of the checks, from a registry of yours for example, best with a digest: the public one has none that is
   * published. Another one comes with the next checks. Without this key: the public one.
   */
  checksImage: ownImage("aznhc-nv").exactOptional(),
  /**
   * The same for the image of DCGM: its matrix products are compared with the floor of the size, where it has one, and on arm64 and
   * divided GPUs, for which there is no image with the tools, it runs the rest of the checks.
   */
  productsImage: ownImage("dcgm").exactOptional(),
});

/**
 * A GPU node takes no work before its GPUs and adapters have shown what the catalogue says of its size, and one that goes bad is seen:
 * a pod on the node runs the tools, then writes to another node over InfiniBand, and a controller reads what they wrote. Costs a small pod on the system nodes, and some minutes of each
 * new node.
 */
export const nodeHealth: AddOn<typeof settings> = {
  name,
  gives: "checks of GPUs and adapters on each new node before it takes work, and on idle ones, with the evidence",
  verify:
    "kubectl get nodes -o custom-columns=" +
    '\'NAME:.metadata.name,HEALTHY:.status.conditions[?(@.type=="GpuHealthy")].status,WHY:.status.conditions[?(@.type=="GpuHealthy")].message\'',
  wanted: {
    when: `there are GPU pools, with Kubernetes ${closesNodesSince} or later`,
    holds: ({ pools, kubernetesVersion }) => isAtLeast(kubernetesVersion, closesNodesSince) && pools.length > 0,
  },
  needs: [],
  // What makes GPUs and adapters a resource of the node, which the checks ask for.
  after: ["memlock", "networkOperator", "gpuOperator", "amdGpuOperator", "dranet"],
  // The pods that check read the kernel's log and lock memory, as root.
  namespace: { name, podSecurity: "privileged", ingressPorts: [] },
  release: null,
  generalCpus: 0,
  manifest: versions.nodeHealthChecks,
  aliases: [],
  settings,
  contents({ settings: { checksImage, productsImage, pools: chosen, ...choices }, facts, lock }, problems) {
    const { pools, kubernetesVersion } = facts;
    problems.require(pools.length > 0, "", "is not possible: there are no GPU pools", { remedy: "Leave it out" });
    const keys = pools.map(({ key }) => key);
    for (const [at, key] of (chosen ?? []).entries())
      problems.require(keys.includes(key), `pools[${at}]`, "must be a GPU pool", {
        got: key,
        remedy: `GPU pools: ${keys.join(", ")}`,
      });
    const checked = chosen ?? keys;
    const gated = pools.filter(({ key }) => checked.includes(key)).map(gateOf);
    const open = keys.filter((it) => !checked.includes(it));
    const rule = `needs Kubernetes ${closesNodesSince}, to hold pods back from a new node until it was checked`;
    problems.require(isAtLeast(kubernetesVersion, closesNodesSince), "", rule, {
      got: kubernetesVersion,
      remedy: "Leave it out, or upgrade the cluster",
    });
    const config: ControllerConfig = {
      namespace: name,
      pools: Object.fromEntries(gated.map(({ key, devices, expected }) => [key, { devices, expected }])),
      ...choices,
      deadlineMinutes,
    };
    const objects: KubernetesObjects = {
      ...controllerObjects(name, {
        json: JSON.stringify(config),
        notes: gateNotes(gated, open),
        evicts: config.remediate === "drain",
      }),
      ...closeNewNodes("node-health-new-nodes", {
        taint: gpuHealthTaint,
        selector: { matchExpressions: [{ key: labels.pool, operator: "In", values: gated.map(({ key }) => key) }] },
      }),
      ...admissionPolicy("node-health-own-labels", ownLabelsRules(`system:serviceaccount:${name}:${name}`)),
      ...checkPods(name, gated, {
        checks: checksImage ?? imageOf(versions.nodeHealthChecks),
        products: productsImage ?? imageOf(versionsOf(lock).dcgm),
      }),
    };
    return { values: {}, crds: null, objects, handsOver: null };
  },
};
