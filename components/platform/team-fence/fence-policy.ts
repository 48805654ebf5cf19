import type { AdmissionPolicy, AdmissionRule } from "../admission-policy";

/** A rule of the fence. */
export interface FenceRule extends AdmissionRule {
  /** What an exception calls it, and who is refused reads. No other rule of the fence has it, and it never changes. */
  readonly name: string;
}

/** A policy of the fence before its exceptions. */
export interface FencePolicy extends AdmissionPolicy {
  readonly rules: readonly FenceRule[];
}
