import { CheckFailure, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** What is wrong with one input. */
export interface CheckProblem {
  readonly property: string;
  readonly reason: string;
}

/** The answer to a check: inputs as they are taken, and everything that is wrong with them. */
export function checkResponse(inputs: Struct, problems: readonly CheckProblem[]): CheckResponse {
  const failures = problems.map((it) => new CheckFailure().setProperty(it.property).setReason(it.reason));
  return new CheckResponse().setInputs(inputs).setFailuresList(failures);
}
