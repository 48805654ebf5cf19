import type { Reporter, TestModule } from "vitest/node" with { "resolution-mode": "import" };
import { findActionlint, howToGetActionlint } from "../simulator/engine/actionlint";
import { findEngine, howToGetEngine } from "../simulator/engine/engine";
import { findHelm, howToGetHelm } from "../simulator/engine/helm";
import { findPackageSdks, howToGetPackageSdks } from "../simulator/engine/package-sdks";
import { findPolicyVerdicts, howToGetPolicyVerdicts } from "../simulator/engine/policy-verdicts";
import { findPromqlResults, howToGetPromqlResults } from "../simulator/engine/promql-results";
import { findSchedulers, howToGetSchedulers } from "../simulator/engine/schedulers";
import { findYamlHost, howToGetYamlHost } from "../simulator/engine/yaml-host";

/** Says how many tests ran on the real engine, or which did not and how to get it, and why others were skipped: none is silent. */
export default class EngineReporter implements Reporter {
  public onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules
      .filter((it) => /tests\/(engine|simulator\/(engine|kubernetes|queues))\//.test(it.moduleId))
      .flatMap((it) => [...it.children.allTests()]);
    const skipped = tests.filter((it) => it.result().state === "skipped").length;
    const missing = [
      findEngine() === undefined ? `There is no engine here. ${howToGetEngine}` : "",
      findHelm() === undefined ? `There is no Helm here. ${howToGetHelm}` : "",
      findSchedulers() === undefined ? `There is no scheduler and no Kueue here. ${howToGetSchedulers}` : "",
      findPolicyVerdicts() === undefined ? `There is no judge of policies here. ${howToGetPolicyVerdicts}` : "",
      findPromqlResults() === undefined ? `There is no engine of queries here. ${howToGetPromqlResults}` : "",
      findActionlint() === undefined ? `There is no linter of workflows here. ${howToGetActionlint}` : "",
      findYamlHost() === undefined ? `There is no host of programs in YAML here. ${howToGetYamlHost}` : "",
      findPackageSdks() === undefined ? `There is no generator of SDKs here. ${howToGetPackageSdks}` : "",
    ].filter((it) => it !== "");
    process.stdout.write(`\nEngine tests: ${tests.length - skipped} ran, ${skipped} skipped\n`);
    const reasons = modules
      .flatMap((it) => [...it.children.allTests("skipped")])
      .flatMap((it) => {
        const result = it.result();
        return result.state === "skipped" && result.note !== undefined ? [result.note] : [];
      });
    for (const it of [...missing, ...new Set(reasons)]) process.stdout.write(`  ${it}\n`);
  }
}
