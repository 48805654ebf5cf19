import type { Input, Output, Unwrap } from "@pulumi/pulumi";
import type { z } from "zod";
import type { PrivateEndpointGroup } from "../azure/rows";
import type { Place } from "../catalog/place";
import type { VmSize } from "../catalog/vm-size";
import type { Audited, AuditedKindName } from "../components/monitoring/audit-trail/audited";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import type { NetworkUser, SubnetRole } from "../components/network/subnet-ref";
import type { BlobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import type { LustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import type { Scope } from "../core/scope";

/** What the layer infra has ready when a part is made. */
export interface Site {
  readonly scope: Scope;
  /** Whether data refuse to be destroyed. */
  readonly protect: boolean;
  /** ARM ID of the subnet that the part's plan asked for. */
  readonly subnetResourceId: (role: SubnetRole) => Output<string>;
  /** ARM ID of the cluster. */
  readonly clusterResourceId: Input<string>;
  /** GPU pools of the cluster. */
  readonly gpuPools: readonly GpuPoolRef[];
  /** Object ID of the identity that the nodes act as. */
  readonly kubeletPrincipalId: Output<string>;
  /** Entra groups that administer the cluster, and with it what stands beside it. */
  readonly adminGroupObjectIds: readonly string[];
  /** What is made by now and writes a log: the cluster, and the parts of the rows before. */
  readonly audited: readonly Audited[];
  /** The file system that machines mount. Undefined: there is none. */
  readonly lustre: LustreRef | undefined;
  /** The store that machines get a container in. Undefined: there is none. */
  readonly blob: BlobStoreRef | undefined;
}

/** What a part has once it is made. */
export interface Made<Ref> {
  /** What it hands over. */
  readonly ref: Ref;
  /** The service behind its private endpoints. Null: it has none. */
  readonly endpointTarget: {
    readonly resourceId: Input<string>;
    /** Who lets an endpoint in: `up` itself, or later the owner of the service. */
    readonly approval: "automatic" | "manual";
  } | null;
  /** What of it writes a log of who did what. Null: nothing does. */
  readonly audited: { readonly kind: AuditedKindName; readonly resourceId: Input<string> } | null;
  /** The file system that it is, for machines that are made after it. */
  readonly lustre?: LustreRef;
  /** The store that it is, for machines that are made after it. */
  readonly blob?: BlobStoreRef;
}

/** Machines that a plan buys, as far as the notes of a preview ask. */
export interface PlannedMachines {
  readonly size: VmSize;
  /** Nodes that Azure support allows in one InfiniBand domain, `null` while nobody said that it raised the limit. */
  readonly domainLimit: number | null;
}

/**
 * Something in Azure that an environment may have beside its network and its cluster, as a row: all that is asked about one.
 * From the rows come the sections of a stack file, the plan, what is made and what is handed over, so a new part is its
 * component and its row. No key is optional, so the compiler asks each question; `null` is the answer "none".
 */
export interface InfraPart<
  Names extends string | z.ZodString = string | z.ZodString,
  S extends z.ZodType = z.ZodType,
  P extends NetworkUser = NetworkUser,
  Ref = unknown,
> {
  /** What an environment has by it, as a sentence for the schema of stack files and the table of the handover. */
  readonly description: string;
  /** Name of the one that there can be, part of URNs; or the rule for names where there can be several. */
  readonly names: Names;
  readonly shape: S;
  /**
   * All decisions of one of them. Pure. Written as a method, like `make`, which lets rows of different shapes stand in one
   * table: each gets only what its own shape has read and its own plan says.
   * @throws MisconfiguredError
   */
  plan(name: string, shape: z.output<S>, place: Place): P;
  machines(plan: P): readonly PlannedMachines[];
  /** Groups of the private endpoints that it is reached through, one endpoint each. */
  endpoints(plan: P): readonly PrivateEndpointGroup[];
  /** Registers it. */
  make(name: string, plan: P, site: Site): Made<Ref>;
  /** What it hands over, as a reader gets it. Of a part that there can be several of nothing is handed over. */
  readonly ref: Names extends string ? (Ref extends null ? null : z.ZodType<Unwrap<Ref>>) : null;
}

/** Rows by the key that they have in a stack file and in the handover. */
export type InfraParts = Readonly<Record<string, InfraPart>>;

/** A row, with its types. */
export function infraPart<Names extends string | z.ZodString, S extends z.ZodType, P extends NetworkUser, Ref>(
  row: InfraPart<Names, S, P, Ref>,
): InfraPart<Names, S, P, Ref> {
  return row;
}
