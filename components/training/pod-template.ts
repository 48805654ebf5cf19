import { domainClaim, fabricPod } from "../../catalog/fabric-pod";
import { fabricProfile } from "../../catalog/fabric-profile";
import type { JobPool } from "./job-request";

/** Seconds that a program has, once its pod must go, to save what it knows. The queue and the drain of a node wait as long. */
export const graceSeconds = 600;

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

/** What one job puts into its pods. */
export interface PodParts {
  readonly image: string;
  readonly env: readonly unknown[];
  readonly volumes: readonly unknown[];
  readonly mounts: readonly unknown[];
  /** Undefined: the account that every namespace has. */
  readonly serviceAccount: string | undefined;
}

/** What every pod of a job has. A pod that ends is replaced by its job, and not started anew where it is. */
const common = {
  restartPolicy: "Never",
  terminationGracePeriodSeconds: graceSeconds,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
} as const;

/**
 * The pod that takes a node of a pool whole: its fabric profile, as a job runs it.
 * @param domainTemplate Template of claims for places in a ComputeDomain, on a rack
 */
export function wholeNodePod(pool: JobPool, domainTemplate = domainClaim): PodTemplate {
  const { metadata, spec } = fabricPod(fabricProfile(pool));
  const [container] = spec["containers"] as readonly [Fields];
  const claims = spec["resourceClaims"] as readonly Fields[] | undefined;
  return {
    metadata,
    spec: {
      ...spec,
      ...common,
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

/** A pod beside those on nodes with GPUs, which waits for none of them. */
export function generalPod(requests: { readonly cpu: string; readonly memory: string }): PodTemplate {
  const resources = { requests, limits: { memory: requests.memory } };
  return { metadata: {}, spec: { ...common, containers: [{ name: programContainer, resources }], volumes: [] } };
}

/** The same pod with more in its one container. */
export function withContainer({ metadata, spec }: PodTemplate, more: Fields): PodTemplate {
  return { metadata, spec: { ...spec, containers: [{ ...spec.containers[0], ...more }] } };
}

/** The same pod with what one job puts into it. */
export function withJob({ metadata, spec }: PodTemplate, parts: PodParts): PodTemplate {
  const { image, env, volumes, mounts, serviceAccount } = parts;
  const [container] = spec.containers;
  const all = (own: unknown, more: readonly unknown[]): readonly unknown[] => [...((own ?? []) as unknown[]), ...more];
  return withContainer(
    {
      metadata,
      spec: {
        ...spec,
        ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }),
        volumes: all(spec.volumes, volumes),
      },
    },
    { image, env: all(container["env"], env), volumeMounts: all(container["volumeMounts"], mounts) },
  );
}
