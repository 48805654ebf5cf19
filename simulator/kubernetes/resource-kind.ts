import type { Cluster } from "./cluster";
import type { Difference } from "./differences";
import type { Props } from "../../core/property-value";
import type { CheckProblem } from "../plugin/check-response";

/** What an update would do. */
export interface Plan {
  readonly changes: readonly Difference[];
  /** Fields that need a new object, in the words of the engine. */
  readonly replaceFields: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A resource as Pulumi keeps it. */
export interface Kept {
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

/** What is asked about one resource, in plain values: secrets stand open. */
export interface Ask {
  readonly urn: string;
  readonly token: string;
  /** Name of the resource in the program. */
  readonly name: string;
  readonly inputs: Props;
  /** Inputs of last time; undefined at a create. */
  readonly oldInputs?: Props | undefined;
  /** Outputs of last time. */
  readonly state?: Props | undefined;
  readonly hasUnknown: boolean;
  /** Seconds, 0 when the program names none. */
  readonly timeout: number;
}

/**
 * How one kind of resource lives in a cluster. `cluster` is undefined at a preview that cannot ask one: everything then
 * is taken as it is declared.
 */
export interface ResourceKind {
  check: (ask: Ask) => { readonly inputs: Props; readonly failures: readonly CheckProblem[] };
  diff: (ask: Ask, cluster: Cluster | undefined) => Promise<Plan>;
  create: (ask: Ask, cluster: Cluster, preview: boolean) => Promise<Kept>;
  update: (ask: Ask, cluster: Cluster, preview: boolean) => Promise<Kept>;
  /** Undefined when the resource is gone. */
  read: (ask: Ask, cluster: Cluster, id: string) => Promise<Kept | undefined>;
  delete: (ask: Ask, cluster: Cluster) => Promise<void>;
}
