import { describe } from "vitest";
import { type Engine, findEngine, howToGetEngine } from "../../../simulator/engine/engine";
import { findYamlHost } from "../../../simulator/engine/yaml-host";

/** Tests of programs in YAML. On a machine without engine or host they are counted as skipped, and say how to get them. */
export function describeWithYamlHost(name: string, tests: (engine: Engine, yamlHost: string) => void): void {
  const [engine, yamlHost] = [findEngine(), findYamlHost()];
  if (engine !== undefined && yamlHost !== undefined) {
    describe(name, () => tests(engine, yamlHost));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs the host of programs in YAML. ${howToGetEngine}\n`);
  const none = { pulumi: "", kubeApiserver: "", etcd: "" };
  describe.skip(`${name} (needs the host of programs in YAML: npm run engine)`, () => tests(none, ""));
}
