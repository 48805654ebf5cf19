import type { Reporter, TestModule } from "vitest/node" with { "resolution-mode": "import" };
import { findEngine, howToGetEngine } from "../simulator/engine/engine";

/** Says how many tests ran on the real engine, or that none did and how to get it: a skipped check must not be silent. */
export default class EngineReporter implements Reporter {
  public onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules
      .filter((it) => /tests\/(engine|simulator\/(engine|kubernetes))\//.test(it.moduleId))
      .flatMap((it) => [...it.children.allTests()]);
    const skipped = tests.filter((it) => it.result().state === "skipped").length;
    const engine = findEngine() === undefined ? `, ${skipped} skipped: there is no engine here. ${howToGetEngine}` : "";
    process.stdout.write(`\nEngine tests: ${tests.length - skipped} ran${engine}\n`);
  }
}
