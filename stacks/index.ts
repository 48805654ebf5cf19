import { getStack, runtime } from "@pulumi/pulumi";
import { deploy, type StackOutputs } from "./deploy";
import { readEnvironment } from "./read-environment";

/** The program that `pulumi up` runs: one stack file, one environment. */
export = async function program(): Promise<StackOutputs> {
  const today = new Date().toISOString().slice(0, 10);
  return deploy(readEnvironment({ stack: getStack(), values: runtime.allConfig(), today }));
};
