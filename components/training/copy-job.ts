import { imageOf } from "../../catalog/image-of";
import { versions } from "../../catalog/versions";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { Problems } from "../../core/problems";
import { copyScript } from "./copy-script";
import { podFailurePolicy } from "./failure-policy";
import { checkJobName } from "./job-name";
import { jobLabels } from "./job-parts";
import { generalPod, withJob } from "./pod-template";

/** Image of pods that copy, which names none: bash, coreutils and findutils. */
export const copyImage = imageOf(versions.azureLinux);

/** Pods of one copy at most: each of them reads the names of all files. */
const mostParts = 64;

/** Seconds that a pod has, once it must go: a file that is half copied never has its name. */
const copyGraceSeconds = 10;

/** A folder or a file on a claim of the namespace. */
export interface ClaimPath {
  readonly claim: string;
  /** Path from the root of the claim, without a slash at either end; empty for all of it. */
  readonly path: string;
}

/** Files to bring from one claim of a team to another, or to another place of the same one. */
export interface CopyRequest {
  /** Name of the job: 1 to 40 lowercase letters, digits or hyphens. */
  readonly name: string;
  /** The team's namespace. */
  readonly namespace: string;
  /** Name of the team. */
  readonly team: string;
  /** What is copied: all below a folder, or one file. */
  readonly from: ClaimPath;
  /** Folder that it goes to, made where it is not there. */
  readonly to: ClaimPath;
  /** Pods that share the files, 1 to 64, each with a CPU, 2 GiB and 16 copies at a time. */
  readonly parts: number;
  /** Image with bash, coreutils and findutils. @default that of Azure Linux */
  readonly image?: string;
  /** Account of the namespace that pods run as: storage is mounted with its identity. */
  readonly serviceAccount: string;
}

/**
 * The Job that copies: data sets from a container into Lustre before they are read, checkpoints from there to where they are kept. It goes
 * through the team's queue, which counts no CPUs and so lets it start, on nodes without GPUs. A pod that is lost starts anew and copies
 * what is not there yet.
 * @throws MisconfiguredError with every problem of the request
 */
export function copyJob(request: CopyRequest): KubernetesObject {
  checkCopy(request);
  const { name, namespace, from, to, parts, image = copyImage, serviceAccount } = request;
  const claims = [...new Set([from.claim, to.claim])];
  const pod = withJob(generalPod({ cpu: "1", memory: "2Gi" }), {
    image,
    env: [],
    volumes: claims.map((claim) => ({ name: `claim-${claim}`, persistentVolumeClaim: { claimName: claim } })),
    mounts: claims.map((claim) => ({
      name: `claim-${claim}`,
      mountPath: mountPath(claim),
      ...(claim !== to.claim && { readOnly: true }),
    })),
    serviceAccount,
  });
  const [container] = pod.spec.containers;
  const command = ["bash", "-c", copyScript, "copy", pathOf(from), pathOf(to), String(parts)];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, labels: jobLabels(request) },
    spec: {
      completionMode: "Indexed",
      completions: parts,
      parallelism: parts,
      backoffLimitPerIndex: 3,
      podFailurePolicy,
      template: {
        ...pod,
        spec: { ...pod.spec, terminationGracePeriodSeconds: copyGraceSeconds, containers: [{ ...container, command }] },
      },
    },
  };
}

function checkCopy({ name, from, to, parts }: CopyRequest): void {
  const problems = new Problems();
  checkJobName(name, problems);
  problems.requireWhole("parts", parts, [1, mostParts]);
  for (const [key, { claim, path }] of Object.entries({ from, to })) {
    problems.require(claim !== "", key, "must name a claim of the team", { got: `${claim}:${path}` });
    problems.require(
      path.split("/").every((it, _, all) => (it !== "" || all.length === 1) && it !== "." && it !== ".."),
      key,
      "must be a path from the root of the claim, without . and .. in it",
      { got: path },
    );
  }
  const [source, target] = [pathOf(from), pathOf(to)];
  problems.require(!`${target}/`.startsWith(`${source}/`), "to", "must not be what is copied, nor in it", {
    got: `${to.claim}:${to.path}`,
    remedy: "Name another folder, or another claim",
  });
  problems.throwIfAny(`Copy '${name}'`);
}

function pathOf({ claim, path }: ClaimPath): string {
  return path === "" ? mountPath(claim) : `${mountPath(claim)}/${path}`;
}

function mountPath(claim: string): string {
  return `/claims/${claim}`;
}
