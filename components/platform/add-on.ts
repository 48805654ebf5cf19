import type { Alias } from "@pulumi/pulumi";
import type { z } from "zod";
import type { VersionLock } from "../../catalog/version-locks";
import type { ChartVersion, ComponentVersion } from "../../catalog/versions";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { Problems } from "../../core/problems";
import type { CpuPoolRef } from "../cluster/cpu-pool/cpu-pool-ref";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { Mirrors } from "./image-mirrors";
import type { platformRef } from "./platform-ref";

export type { KubernetesObject };

/** What add-ons decide by. All of it is plain, because it decides what exists. */
export interface PlatformFacts {
  /** `major.minor` or `major.minor.patch`. */
  readonly kubernetesVersion: string;
  readonly pools: readonly GpuPoolRef[];
  /** Pools without GPUs. @default not known: nobody looks whether pods of the platform find room */
  readonly cpuPools?: readonly CpuPoolRef[];
  /** Whether there is a Lustre file system, which teams mount. Absent: there is none. */
  readonly lustre?: boolean;
  /** Whether the cluster runs the agents of managed Prometheus. Absent: it does not. */
  readonly metrics?: boolean;
  /** Where charts and images of add-ons lie in place of the public registries. @default nowhere: they are fetched from there */
  readonly imageMirrors?: Mirrors;
  /** Versions of what is installed. @default those of an environment that names no lock */
  readonly lock?: VersionLock;
}

/**
 * Objects by the names of their Pulumi resources: the add-on's name, or that and `-<role>`. The names are part of URNs, so
 * they never change.
 */
export type KubernetesObjects = Readonly<Record<string, KubernetesObject>>;

/** What an add-on decides by: its own settings, the facts, and what else is installed. */
export interface AddOnContext<S extends z.ZodObject> {
  /** Defaults filled in. */
  readonly settings: z.output<S>;
  readonly facts: PlatformFacts;
  /** Keys of all add-ons that are installed, its own included. */
  readonly installed: ReadonlySet<string>;
  /** Versions of what it installs. The release takes its own from there by itself. */
  readonly lock: VersionLock;
}

/** What an add-on puts into the cluster, beside its namespace. */
export interface AddOnContents {
  /** Values of the release. Empty where the chart's own are right, and without a release. */
  readonly values: Readonly<Record<string, unknown>>;
  /** CRDs that we own: made before the release, which then brings none. Null: the chart brings them, or there are none. */
  readonly crds: KubernetesObjects | null;
  /** Objects that wait for release and CRDs: custom resources, storage classes, a manifest. */
  readonly objects: KubernetesObjects | null;
  /** What it hands over to those who work in the cluster, true once everything above is there. */
  readonly handsOver: z.output<typeof platformRef> | null;
}

/** A namespace for pods of the platform. */
export interface OwnNamespace {
  readonly name: string;
  /** The Pod Security level that its pods need. */
  readonly podSecurity: "privileged" | "baseline" | "restricted";
  /**
   * TCP ports on which its pods are reached over the network, by webhooks for example: from anywhere, because the API server's
   * own address is known to nobody. All others are closed, but for what `metrics` opens to the agents of managed Prometheus. The node
   * that a pod runs on always reaches it.
   */
  readonly ingressPorts: readonly number[];
  /** ClusterQueue that holds its jobs. @default none: they do not queue */
  readonly queue?: string;
}

/**
 * A Kubernetes add-on as a row: everything that is asked about one. A new add-on is its row and a line in `add-ons.ts`. No
 * key is optional, so the compiler asks each question; `null` is the answer "none".
 */
export interface AddOn<S extends z.ZodObject = z.ZodObject> {
  /** Name of its Pulumi resources. Part of their URNs: a new one would replace what runs. */
  readonly name: string;
  /** What a cluster has by it, in a few words for the documentation. */
  readonly gives: string;
  /** A command that shows on a live cluster whether it works. */
  readonly verify: string;

  /** When it is installed unasked. Null: only when somebody asks for it, or another add-on needs it. */
  readonly wanted: { readonly when: string; readonly holds: (facts: PlatformFacts) => boolean } | null;
  /** Keys of add-ons that it cannot do without. They are installed with it, and first. */
  readonly needs: readonly string[];
  /** Keys of add-ons that come first wherever both are installed. */
  readonly after: readonly string[];

  /**
   * Its own namespace, or the one of another add-on, which it then needs. A namespace that several share belongs to a row
   * without a release, or to one that none of the others lives without, so that none of them takes it away. Null: all that it
   * makes is cluster-wide, or names its namespace itself.
   */
  readonly namespace: OwnNamespace | { readonly of: string } | null;
  /** Its Helm release in that namespace, which counts as installed when its pods are ready. */
  readonly release: {
    /** Name of the release, part of what the chart names. Changing it replaces the release. */
    readonly name: string;
    /** Row of the catalogue, which has the version unless the lock says another, and also says where its CRDs are found when no cluster can be asked. */
    readonly chart: ChartVersion;
    readonly timeoutSeconds: number;
  } | null;
  /** CPUs that its pods ask for, all together, on nodes without GPUs that are not those of the system. */
  readonly generalCpus: number;
  /** For an add-on without a chart: row of the catalogue for the manifest that its objects were taken from. */
  readonly manifest: ComponentVersion | null;
  /** What it was before it was this row, so that an environment that has it keeps it. */
  readonly aliases: readonly Alias[];

  /** What users may choose: its mapping in the section `platform`. */
  readonly settings: S;
  /**
   * Decides what to put into the cluster, and notes settings that contradict the facts. Pure. Written as a method, which
   * lets rows with different settings stand in one list: each gets only what its own `settings` have read.
   */
  contents(context: AddOnContext<S>, problems: Problems): AddOnContents;
}
