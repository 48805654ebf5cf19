import { type Input, StackReference } from "@pulumi/pulumi";
import { z } from "zod";
import { minorOf } from "../catalog/kubernetes-versions";
import { type GpuPoolRef, gpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { MisconfiguredError } from "../core/problems";

/** Raised when a field changes its meaning: an older reader must stop instead of misreading. */
const schemaVersion = 1;

/** A GPU pool as the other layers know it. */
export type PoolHandover = GpuPoolRef;

/**
 * What the layers hand over, as flat stack outputs. Nothing in it is a secret: a reader brings its own login.
 * The prefix of a key names the layer that makes it.
 */
const handovers = {
  infra: z.object({
    infraSchemaVersion: z.literal(schemaVersion),
    infraLocation: z.string().describe("Azure region."),
    infraResourceGroupName: z.string().describe("Resource group of the environment."),
    infraKubernetesVersion: z.string().describe("Kubernetes version of the cluster."),
    infraClusterName: z.string(),
    infraClusterResourceId: z.string().describe("ARM ID of the cluster."),
    infraApiServerUrl: z.string(),
    infraCertificateAuthority: z.string().describe("Base64 of the API server's certificate authority."),
    infraOidcIssuerUrl: z.string().describe("Issuer of service account tokens."),
    infraEndpointCidr: z.string().describe("Range of the private endpoints."),
    infraPools: z.array(gpuPoolRef.strip()).describe("GPU pools."),
    infraLustreMgsAddress: z.string().describe("Address to mount Lustre from, empty without Lustre."),
    infraLustreSizeTiB: z.int().describe("Size of the Lustre file system, 0 without."),
    infraBlobAccountName: z.string().describe("Storage account of the teams' containers, empty without."),
    infraBlobAccountResourceId: z.string().describe("ARM ID of that account, empty without."),
  }),
  platform: z.object({
    platformSchemaVersion: z.literal(schemaVersion),
    platformScratchStorageClass: z.string().describe("Storage class of local NVMe scratch, empty without."),
  }),
  tenants: z.object({
    tenantsSchemaVersion: z.literal(schemaVersion),
    tenantsNamespaces: z.array(z.string()).describe("Namespaces of all teams."),
  }),
};

/** Values that only wire things together may be known later; values that decide what exists are plain. */
type Wired<T> = { readonly [K in keyof T]: T[K] extends string ? Input<string> : T[K] };

type Infra = z.output<typeof handovers.infra>;
export type InfraHandover = Wired<Omit<Infra, "infraLocation" | "infraKubernetesVersion" | "infraEndpointCidr">> &
  Readonly<Pick<Infra, "infraLocation" | "infraKubernetesVersion" | "infraEndpointCidr">>;
export type PlatformHandover = Wired<z.output<typeof handovers.platform>>;
/** What the tenants layer hands over. */
export interface TenantsHandover {
  readonly tenantsSchemaVersion: 1;
  readonly tenantsNamespaces: readonly Input<string>[];
}

/** Pod Security levels are pinned to the cluster's minor version, so that an upgrade changes them knowingly. */
export function podSecurityVersion({ infraKubernetesVersion }: InfraHandover): string {
  return `v${minorOf(infraKubernetesVersion)}`;
}

/** Reads layers from the stack that made them. */
export class HandoverReader {
  readonly #stack: string;
  readonly #reference: StackReference;

  public constructor(stack: string) {
    this.#stack = stack;
    this.#reference = new StackReference(stack);
  }

  public async infra(): Promise<InfraHandover> {
    return this.#read(handovers.infra);
  }

  public async platform(): Promise<PlatformHandover> {
    return this.#read(handovers.platform);
  }

  /** Waits for the outputs, so that a layer gets plain values and can decide what exists. */
  async #read<S extends z.ZodObject>(schema: S): Promise<z.output<S>> {
    const values: Record<string, unknown> = {};
    for (const key of Object.keys(schema.shape)) {
      // A secret is not taken: nothing in a handover is one, and a reader would show it as plain text.
      const details = await this.#reference.getOutputDetails(key);
      values[key] = Reflect.get(details, "value");
    }
    const result = schema.safeParse(values);
    if (result.success) return result.data;
    throw new MisconfiguredError(
      `The handover of stack '${this.#stack}'`,
      result.error.issues.map((issue) => ({
        path: issue.path.map(String).join("."),
        rule: values[String(issue.path[0])] === undefined ? "is missing among the outputs" : issue.message,
        remedy: `Run pulumi up on ${this.#stack} with the same version of this project`,
      })),
    );
  }
}
