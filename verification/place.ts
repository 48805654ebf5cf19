import { acceptanceNamespace } from "../components/platform/acceptance";
import type { KubernetesObject } from "../components/platform/add-on";
import { defaultLocalQueue, labels, platformWorkload, podSecurityLabel } from "../catalog/scheduling";
import type { Check, RunPlace } from "./check";
import { runLabel } from "./job";

/** Namespace that an add-on keeps for tests of nodes, and the queue in it: there a test waits for nodes, and stops no job. */
export const acceptance = { namespace: acceptanceNamespace, queue: defaultLocalQueue } as const;

/** Where a run goes: into the namespace for tests where the cluster has it, else into one of its own. */
export function placeOf(run: string, hasAcceptance: boolean): RunPlace {
  return hasAcceptance
    ? { run, namespace: acceptance.namespace, own: false, queue: acceptance.queue }
    : { run, namespace: run, own: true, queue: null };
}

/** The namespace of a run, as strict as its pods let it be: who locks memory as root may not be in a stricter one. */
export function namespaceOf({ run, namespace }: RunPlace, objects: readonly KubernetesObject[]): KubernetesObject {
  const locks = JSON.stringify(objects).includes('"IPC_LOCK"');
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: namespace,
      labels: {
        [runLabel]: run,
        [labels.workload]: platformWorkload,
        [podSecurityLabel("enforce")]: locks ? "privileged" : "baseline",
      },
    },
  };
}

/** Where one check of a run goes: there, unless it needs what a team has. */
export function placeOfCheck(place: RunPlace, { team }: Pick<Check, "team">): RunPlace {
  return team === undefined ? place : { ...place, ...team, own: false };
}

/** Every object of the checks of a run, in the order in which they are made. */
export function objectsOf(place: RunPlace, checks: readonly Check[]): readonly KubernetesObject[] {
  const objects = checks.flatMap((it) => it.objects(placeOfCheck(place, it)));
  return place.own ? [namespaceOf(place, objects), ...objects] : objects;
}
