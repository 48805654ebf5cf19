import type { ControllerConfig } from "../controller-config";
import type { Api } from "./api";
import type { NodeState } from "./node-state";

/** What happened in a round, a line each. */
export type Log = (line: string) => void;

/** How often something was done to a node because it failed, since the program began. */
export interface Remedies {
  close: number;
  drain: number;
}

/** All nodes by name, as they are known to be now. */
export type Nodes = Map<string, NodeState>;

/** Everything that one round goes by. */
export interface Round {
  readonly api: Api;
  readonly config: ControllerConfig;
  /** Milliseconds of Unix time. */
  readonly now: number;
  readonly log: Log;
  readonly remedies: Remedies;
}
