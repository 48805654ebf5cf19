import { describe } from "vitest";
import { type Engine, findEngine, howToGetEngine } from "../../../simulator/engine/engine";

/** Tests that need the engine. On a machine without it they are counted as skipped, and say how to get it. */
export function describeWithEngine(name: string, tests: (engine: Engine) => void): void {
  const engine = findEngine();
  if (engine !== undefined) {
    describe(name, () => tests(engine));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs the engine. ${howToGetEngine}\n`);
  describe.skip(`${name} (needs the engine: npm run engine)`, () => tests({ pulumi: "", kubeApiserver: "", etcd: "" }));
}
