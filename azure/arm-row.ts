import type { DriftFacts } from "../catalog/drift";
import type { VmSize } from "../catalog/vm-size";
import type { WorldName } from "../core/names";
import type { Charge } from "./charge";
import type { FixedProperty } from "./fixed-property";
import type { NameRule } from "./name-rule";

/** Inputs or outputs of a resource, as the program writes them. */
export type Props = Readonly<Record<string, unknown>>;

/**
 * Everything that is asked about an ARM type that this project registers. Every question must be answered: `null` says
 * that there is nothing to say. Path and names are not asked, they are published (`types.json`).
 */
export interface ArmRow {
  /** Rule for the own name, where the published types have none or a looser one than Azure. */
  readonly nameRule: (NameRule & { readonly source: string }) | null;
  /** What a name may look like that is taken for the whole world, because it is part of a host name. */
  readonly worldName: WorldName | null;
  /** Inputs that no two resources have the same, and how Azure refuses the second one. */
  readonly unique: {
    readonly inputs: readonly string[];
    readonly refusal: Refusal;
    /** What a deleted one goes on holding, `null` where its name is free at once. */
    readonly keptAfterDelete: KeptAfterDelete | null;
  } | null;
  /** Properties that are set at creation. What names a resource and `location` are fixed always and not repeated. */
  readonly fixed: readonly FixedProperty[] | null;
  /** Error code with which Azure refuses to delete it while another resource names it. */
  readonly inUse: string | null;
  /** Type segment of children that must be deleted first. Other children go along. */
  readonly mustBeEmpty: string | null;
  /** Azure makes it with its parent: writing it for the first time is no creation. */
  readonly comesWithParent: boolean;
  /** Children that are listed in the body, too. An update takes only those that it knows. */
  readonly inlineChildren: { readonly property: string; readonly segment: string; readonly refusal: Refusal } | null;
  /** Property with an address range that may not overlap with the range of a sibling. */
  readonly disjointRange: { readonly property: string; readonly refusal: Refusal } | null;
  /** Siblings are written one after the other. With a refusal the provider does not wait for its turn. */
  readonly oneAtATime: { readonly refusal: Refusal | null } | null;
  /** Writes that Azure takes of it and of its siblings. */
  readonly throttle: Throttle | null;
  /** How long Azure takes; `null` for a few seconds. */
  readonly seconds: Seconds | null;
  /** Outputs that only Azure knows: real in form, made up in content. */
  readonly answers: ((inputs: Props, id: string) => Props) | null;
  /** Provider functions that ask for it, by name. */
  readonly functions: Readonly<Record<string, ProviderFunction>> | null;
  /** Whether it takes tags. */
  readonly taggable: boolean;
  /** What it is charged for by its inputs, or what of it nobody can price; `null` where nothing bills. Its machines bill as nodes, beside it. */
  readonly bills: ((inputs: Props) => readonly Charge[]) | null;
  /** The store that it is. */
  readonly stores: ((inputs: Props) => Store) | null;
  /** The machines in it. */
  readonly computes: Computes | null;
  /** Limits of Azure that it comes close to when the environment grows. */
  readonly limits: ((inputs: Props, demand: Demand) => readonly LimitedUse[]) | null;
  /** DNS zone of its private endpoints, by group ID. */
  readonly privateEndpoints: Readonly<Record<string, string>> | null;
  /** Whether a Kubernetes API lives in it, and goes with it. */
  readonly hostsKubernetes: boolean;
  /** What it means when somebody else changes or deletes it; `null` where `drift-defaults.ts` says all that is known. */
  readonly drift: DriftFacts | null;
}

/** Names that outlive what they name. */
export interface KeptAfterDelete {
  /** Input that is true where a deleted one stays for its days, and nobody can end that. */
  readonly while: string;
  /** Input and value of a request that brings it back instead. */
  readonly takenBack: { readonly input: string; readonly value: string };
  /** How Azure refuses a new one. */
  readonly refusal: Refusal;
  readonly source: string;
}

/** How Azure says no. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
}

/** A bucket of tokens, one for each write. */
export interface Throttle {
  /** Whose bucket: that of the resource, or one that it shares with its parent and siblings. */
  readonly of: "itself" | "parent";
  readonly size: number;
  readonly perMinute: number;
}

/**
 * Seconds that Azure takes for an operation. Azure promises no times: all of these are assumptions of the right order,
 * made so that what waits for what shows in a rehearsal. No report may call them measurements.
 */
export interface Seconds {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** Added for each node that has to be made. */
  readonly perNode?: number;
  /** Added when the nodes have GPUs, whose driver is installed before they count as ready. */
  readonly gpu?: number;
}

/** A provider function. */
export interface ProviderFunction {
  /** Right that it takes on the resource, as a role definition names it; `null` for what Azure is not asked. */
  readonly action: string | null;
  /** Outputs that are secret. */
  readonly secrets: readonly string[];
  readonly answer: (inputs: Props, asker: Asker) => Props;
}

/** What a function is told beside its inputs. */
export interface Asker {
  readonly subscriptionId: string;
  /** Where the Kubernetes API answers, `null` where there is none. */
  readonly kubernetesApi: KubernetesApi | null;
}

/** Where a cluster answers. */
export interface KubernetesApi {
  readonly server: string;
  /** Base64, as in a kubeconfig. */
  readonly certificateAuthorityData: string;
}

/** A store that outlives nodes. */
export interface Store {
  readonly name: string;
  readonly kind: string;
  /** Capacity that is bought, `null` where only what is stored bills. */
  readonly sizeTiB: number | null;
  readonly throughputMBps: number | null;
  /** The one zone that it lies in, `null` where it is in several or nobody asks for one. */
  readonly zone: string | null;
}

/** How to read machines out of the inputs, and how Azure refuses them: when the quota is used up, and when it has none of the size. */
export interface Computes {
  /** Whose machines they are: a cluster's, or by what they are bought on their own. */
  readonly as: "cluster" | "scale set" | "virtual machine";
  readonly machines: (inputs: Props) => readonly Machines[];
  readonly outOfQuota: { readonly status: number; readonly code: string };
  readonly noSuchSize: { readonly status: number; readonly code: string };
}

/** Machines of one size that are bought together. */
export interface Machines {
  readonly name: string;
  /** Cluster that they belong to, `null` for none. */
  readonly cluster: string | null;
  /** VM size as Azure calls it. */
  readonly size: string;
  /** What is known of the size, `null` when nobody knows it. */
  readonly vmSize: VmSize | null;
  /** Nodes at creation. */
  readonly startNodes: number;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Nodes added for the time of an upgrade. */
  readonly surgeNodes: number;
  /** Nodes held back for repairs. */
  readonly spareNodes: number;
  /** Zones that Azure may put them into; none where Azure chooses, and may choose one for all. */
  readonly zones: readonly string[];
  /** InfiniBand domain, `null` without InfiniBand. */
  readonly infinibandDomain: string | null;
  /** Whether they carry the pods of AKS itself. */
  readonly system: boolean;
  readonly spot: boolean;
  /** USD that a spot node may cost in an hour, `null` for what it costs on demand. */
  readonly maxSpotUsdPerHour: number | null;
  /** Part of all hours in which they are on: below 1 where a schedule switches them off, as their tag says, and 0 where they are stopped. */
  readonly onShare: number;
  /** Name of the capacity reservation group that they are of, `null` for none. */
  readonly reservationGroup: string | null;
}

/** What an environment asks for at most, surge included. */
export interface Demand {
  /** Nodes of clusters, and their pools. */
  readonly clusterNodes: number;
  readonly pools: number;
  /** Nodes of all kinds: each takes an address. */
  readonly nodes: number;
}

/** A limit and how much of it is used. */
export interface LimitedUse {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
}
