import type { Props } from "../azure/arm-row";

/** What a look at one resource of a stack found. */
export interface Observation {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** ID at its provider. */
  readonly id: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly found: "same" | "changed" | "gone";
  /** What the state has. Of secrets both sides have a mark, and no value. */
  readonly before: Sides;
  /** What is there now, `null` where it is gone. */
  readonly after: Sides | null;
  /** What an update of the same program would do to each path, in the words of the engine, seen from the program. */
  readonly wouldDo: Readonly<Record<string, "update" | "replace">>;
}

/** Inputs and outputs of a resource. */
export interface Sides {
  readonly inputs: Props;
  readonly outputs: Props;
}

/** A resource that could not be looked at. */
export interface Unread {
  readonly urn: string;
  readonly because: string;
}

/** What a look at a stack found. */
export interface Reading {
  readonly observed: readonly Observation[];
  readonly unread: readonly Unread[];
  /** IDs of all that the state has, in lowercase: also of what could not be looked at, or waits to be deleted. */
  readonly ids: readonly string[];
  /** ISO time of the last update. */
  readonly since: string | null;
}
