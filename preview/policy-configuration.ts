import { readFileSync } from "node:fs";
import path from "node:path";
import { type PolicyConfiguration, readConfiguration } from "../policies/engine/configuration";
import type { Environment } from "../policies/engine/rule";

/**
 * The policy configuration of a kind of environment: the file that the engine is given, so that the preview judges alike.
 * @throws MisconfiguredError with everything that is wrong in it
 */
export function policyConfiguration(kind: Environment, today: string): PolicyConfiguration {
  const file = `policies/config/${kind}.json`;
  return readConfiguration(file, readFileSync(path.join(__dirname, "..", file), "utf8"), today);
}
