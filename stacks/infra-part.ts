import type { z } from "zod";
import type { PrivateEndpointGroup } from "../azure/rows";
import type { Place } from "../catalog/place";
import type { VmSize } from "../catalog/vm-size";
import type { NetworkUser } from "../components/network/subnet-ref";

/** Machines that a plan buys, as far as the notes of a preview ask. */
export interface PlannedMachines {
  readonly size: VmSize;
  /** Nodes that Azure support allows in one InfiniBand domain, `null` while nobody said that it raised the limit. */
  readonly domainLimit: number | null;
}

/**
 * Something in Azure that an environment may have beside its network and its cluster, as a row: all that is asked about one
 * before it is made. From the rows come the sections of a stack file, the plan and what is handed over, so a new part is its
 * component, its row and its making. No key is optional, so the compiler asks each question; `null` is the answer "none".
 */
export interface InfraPart<
  Names extends string | z.ZodString = string | z.ZodString,
  S extends z.ZodType = z.ZodType,
  P extends NetworkUser = NetworkUser,
  Ref extends z.ZodType | null = z.ZodType | null,
> {
  /** What an environment has by it, as a sentence for the schema of stack files and the table of the handover. */
  readonly description: string;
  /** Name of the one that there can be, part of URNs; or the rule for names where there can be several. */
  readonly names: Names;
  readonly shape: S;
  /**
   * All decisions of one of them. Pure. Written as a method, which lets rows of different shapes stand in one
   * table: each gets only what its own shape has read and its own plan says.
   * @throws MisconfiguredError
   */
  plan(name: string, shape: z.output<S>, place: Place): P;
  machines(plan: P): readonly PlannedMachines[];
  /** Groups of the private endpoints that it is reached through, one endpoint each. */
  endpoints(plan: P): readonly PrivateEndpointGroup[];
  /** What it hands over, as a reader gets it. Of a part that there can be several of nothing is handed over. */
  readonly ref: Names extends string ? Ref : null;
}

/** Rows by the key that they have in a stack file and in the handover. */
export type InfraParts = Readonly<Record<string, InfraPart>>;

/** A row, with its types. */
export function infraPart<
  Names extends string | z.ZodString,
  S extends z.ZodType,
  P extends NetworkUser,
  Ref extends z.ZodType | null,
>(row: InfraPart<Names, S, P, Ref>): InfraPart<Names, S, P, Ref> {
  return row;
}
