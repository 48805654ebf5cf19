import { domainClaim, fabricPod } from "../../catalog/fabric-pod";
import { fabricProfile } from "../../catalog/fabric-profile";
import type { JobPool } from "./job-request";

/** Seconds that a program has, once its pod must go, to save what it knows. The queue and the drain of a node wait as long. */
const graceSeconds = 600;

/**
 * Name of the container with the program. Trainer looks for this one.
 * Source: kubeflow/trainer:pkg/constants/constants.go (v2.3.0, Node)
 */
export const programContainer = "node";

type Fields = Readonly<Record<string, unknown>>;

/** A template of pods, with the one container that matters in reach. */
export interface PodTemplate {
  readonly metadata: Fields;
  readonly spec: Fields & { readonly containers: readonly [Fields]; readonly volumes: readonly unknown[] };
}

/** The pod that takes a node of a pool whole: its fabric profile, as a job runs it. */
export function wholeNodePod(pool: JobPool, domainTemplate = domainClaim): PodTemplate {
  const { metadata, spec } = fabricPod(fabricProfile(pool));
  const [container] = spec["containers"] as readonly [Fields];
  const claims = spec["resourceClaims"] as readonly Fields[] | undefined;
  return {
    metadata,
    spec: {
      ...spec,
      restartPolicy: "Never",
      terminationGracePeriodSeconds: graceSeconds,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(claims !== undefined && {
        resourceClaims: claims.map((it) =>
          it["name"] === domainClaim ? { ...it, resourceClaimTemplateName: domainTemplate } : it,
        ),
      }),
      containers: [{ ...container, name: programContainer }],
      volumes: spec["volumes"] as readonly unknown[],
    },
  };
}

/** The same pod with more in its one container. */
export function withContainer({ metadata, spec }: PodTemplate, more: Fields): PodTemplate {
  return { metadata, spec: { ...spec, containers: [{ ...spec.containers[0], ...more }] } };
}
