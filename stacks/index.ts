import { getStack, log, runtime } from "@pulumi/pulumi";
import { describeProblem } from "../core/problems";
import { deploy, type StackOutputs } from "./deploy";
import { readEnvironment } from "./read-environment";

/** The program that `pulumi up` runs: one stack file, one environment. */
export = async function program(): Promise<StackOutputs> {
  const today = new Date().toISOString().slice(0, 10);
  const environment = readEnvironment({ stack: getStack(), values: runtime.allConfig(), today });
  for (const it of environment.deprecations) await log.warn(describeProblem(it));
  return deploy(environment);
};
