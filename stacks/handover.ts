import { type Input, StackReference } from "@pulumi/pulumi";
import { z } from "zod";
import { cpuPoolRef } from "../components/cluster/cpu-pool/cpu-pool-ref";
import { gpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { clusterRef, type ClusterRef } from "../components/cluster/kubernetes-cluster/cluster-ref";
import { networkRef, type NetworkRef } from "../components/network/network-ref";
import { platformRef, type PlatformRef } from "../components/platform/platform-ref";
import { MisconfiguredError } from "../core/problems";
import { infraParts, stores } from "./infra-parts";
import type { PartRefs } from "./make-part";
import { partRefs } from "./part-schemas";

/** Raised when a field changes its meaning: an older reader must stop instead of misreading. */
const schemaVersion = z.literal(2);

/**
 * What the layers hand over: one stack output a layer, composed of the references of the components. What is absent is
 * absent. Nothing in it is a secret: a reader brings its own login.
 */
export const handovers = z.object({
  /** What layer infra made in Azure. */
  infra: z.object({
    schemaVersion,
    /** Azure region. */
    location: z.string(),
    /** Resource group of the environment. */
    resourceGroupName: z.string(),
    /** The AKS cluster. */
    cluster: clusterRef,
    /** The network that everything is in. */
    network: networkRef,
    /** GPU pools of the cluster. */
    gpuPools: z.array(gpuPoolRef),
    /** Pools of the cluster without GPUs. */
    cpuPools: z.array(cpuPoolRef),
    ...partRefs(infraParts),
    ...partRefs(stores),
  }),
  /** What layer platform made in the cluster. */
  platform: z.object({
    schemaVersion,
    ...platformRef.shape,
    /** There once admission policies hold the namespaces of teams, which rely on it. */
    teamFence: z.literal(true),
  }),
  /** What layer tenants made. */
  tenants: z.object({
    schemaVersion,
    /** Namespaces of all teams. */
    namespaces: z.array(z.string()),
  }),
});

/** What all layers hand over, as a reader gets it. */
export type Handovers = z.output<typeof handovers>;

/** The handover of the infra layer. What only connects things may be known later; what decides what exists is plain. */
export type InfraHandover = Readonly<
  Pick<Handovers["infra"], "schemaVersion" | "location" | "gpuPools" | "cpuPools">
> & {
  readonly resourceGroupName: Input<string>;
  readonly cluster: ClusterRef;
  readonly network: NetworkRef;
} & PartRefs;
/** The handover of the platform layer. */
export type PlatformHandover = PlatformRef & { readonly schemaVersion: 2 };
/** The handover of the tenants layer. */
export interface TenantsHandover {
  readonly schemaVersion: 2;
  readonly namespaces: readonly Input<string>[];
}

/** Reads layers from the stack that made them. */
export class HandoverReader {
  readonly #stack: string;
  readonly #reference: StackReference;

  public constructor(stack: string) {
    this.#stack = stack;
    this.#reference = new StackReference(stack);
  }

  public async infra(): Promise<Handovers["infra"]> {
    return this.#read("infra", handovers.shape.infra);
  }

  public async platform(): Promise<PlatformHandover> {
    return this.#read("platform", handovers.shape.platform);
  }

  /** Waits for the output, so that a layer gets plain values and can decide what exists. */
  async #read<S extends z.ZodObject>(layer: string, schema: S): Promise<z.output<S>> {
    // A secret is not taken: nothing in a handover is one, and a reader would show it as plain text.
    const details = await this.#reference.getOutputDetails(layer);
    const value: unknown = details.value;
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    throw new MisconfiguredError(
      `The handover of stack '${this.#stack}'`,
      result.error.issues.map(({ path, message, input }) => ({
        path: [layer, ...path.map(String)].join("."),
        rule: input === undefined ? "is missing among the outputs" : message,
        remedy: `Run pulumi up on ${this.#stack} with the same version of this project`,
      })),
    );
  }
}
