import { isGpuResource } from "../catalog/scheduling";
import { list, number, record, text } from "../core/property-tree";
import type { Props } from "../core/property-value";

/** Kind and name of the job that a Workload is of. */
export function ownerOf(workload: Props): {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion: string;
} {
  const [owner] = list(workload, "metadata.ownerReferences");
  const of = (key: string): string => text(owner, key) ?? "";
  return { apiVersion: of("apiVersion"), kind: of("kind"), name: of("name") };
}

/** What a Workload asks for: pods in all, those that take GPUs, and the GPUs of these. */
export function askedFor(workload: Props): { readonly nodes: number; readonly gpus: number; readonly all: number } {
  const sets = list(workload, "spec.podSets").map((set) => {
    const count = number(set, "count");
    const gpus = list(set, "template.spec.containers").reduce<number>((sum, container) => {
      const limits = record(container, "resources.limits");
      return (
        sum +
        Object.keys(limits)
          .filter(isGpuResource)
          .reduce((all, it) => all + Number(limits[it]), 0)
      );
    }, 0);
    return { count, gpus: gpus * count, nodes: gpus > 0 ? count : 0 };
  });
  const sum = (pick: (it: (typeof sets)[number]) => number): number => sets.reduce((all, it) => all + pick(it), 0);
  return { nodes: sum((it) => it.nodes), gpus: sum((it) => it.gpus), all: sum((it) => it.count) };
}

/** Whether a condition of a Workload holds, since when and why; undefined while nobody has said it. */
export function condition(
  of: Props,
  type: string,
): { readonly holds: boolean; readonly reason: string; readonly message: string; readonly since: string } | undefined {
  const found = list(of, "status.conditions").find((it) => text(it, "type") === type);
  if (found === undefined) return undefined;
  const [reason = "", message = "", since = ""] = ["reason", "message", "lastTransitionTime"].map((it) =>
    text(found, it),
  );
  return { holds: text(found, "status") === "True", reason, message, since };
}
