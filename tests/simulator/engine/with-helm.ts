import { describe } from "vitest";
import type { Engine } from "../../../simulator/engine/engine";
import { findHelm, howToGetHelm } from "../../../simulator/engine/helm";
import { describeWithEngine } from "./with-engine";

/** Tests that need the engine and Helm. On a machine without one of them they are counted as skipped, and say how to get it. */
export function describeWithHelm(name: string, tests: (programs: { engine: Engine; helm: string }) => void): void {
  const helm = findHelm();
  if (helm !== undefined) {
    describeWithEngine(name, (engine) => tests({ engine, helm }));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs Helm. ${howToGetHelm}\n`);
  const engine = { pulumi: "", kubeApiserver: "", etcd: "" };
  describe.skip(`${name} (needs Helm: npm run engine)`, () => tests({ engine, helm: "" }));
}
