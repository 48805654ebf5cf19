import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What kwok's own files say of the life of nodes and pods, each a stage. Without `pod-complete`: with it every pod of a Job would succeed
 * at once, and none would ever hold its node.
 * Source: kubernetes-sigs/kwok:kustomize/stage (v0.8.0)
 */
const files = [
  "node/fast/node-initialize.yaml",
  "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
  "pod/fast/pod-ready.yaml",
  "pod/fast/pod-delete.yaml",
] as const;

/**
 * How pretended nodes and pods live, in the notation of kwok: nodes are ready and stay so; pods run until somebody deletes them.
 * @param module folder of kwok's Go module
 */
export async function podStages(module: string): Promise<string> {
  const texts = await Promise.all(files.map((it) => readFile(join(module, "kustomize", "stage", it), "utf8")));
  return texts.join("---\n");
}
