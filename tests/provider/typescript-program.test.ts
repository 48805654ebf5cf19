import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildNodeHost } from "../../simulator/engine/providers";
import { describeWithEngine } from "../simulator/engine/with-engine";
import { describeWithPackageSdks } from "../simulator/engine/with-package-sdks";
import { root } from "../stack-files";
import { GeneratedSdks } from "./generated-sdks";
import { itLives } from "./program-life";
import { expectRefusedPool, wrongPool } from "./refused-pool";
import { type Ended, SimulatedPackage } from "./simulated-package";

const example = path.join(root, "examples/infiniband-cluster-typescript");
const pool = 'size: "Standard_ND96isr_H100_v5", nodes: 16';
const { size, nodes, maxNodes } = wrongPool;

describeWithEngine("on the real engine", ({ pulumi }) => {
  describeWithPackageSdks("a program in TypeScript with its SDK", (packageSdks) => {
    let simulated: SimulatedPackage;
    let sdks: GeneratedSdks;

    beforeAll(async () => {
      sdks = new GeneratedSdks(packageSdks);
      expect(await sdks.generate(path.join(root, "provider/schema.json"))).toEqual({ status: 0, text: "" });
      simulated = new SimulatedPackage(pulumi, [buildNodeHost(sdks.at("host"))]);
      cpSync(example, simulated.at("work"), { recursive: true });
      expect(await sdks.installTypeScript(simulated.at("work"))).toEqual({ status: 0, text: "" });
      expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
    });

    afterAll(() => {
      simulated.remove();
      sdks.remove();
    });

    /** Makes the example, its pool with these inputs, the program of the stack. */
    function takePool(inputs: string): void {
      const program = readFileSync(path.join(example, "index.ts"), "utf8");
      if (!program.includes(pool)) throw new Error(`The example has no pool of ${pool}.`);
      writeFileSync(simulated.at("work/index.ts"), program.replace(pool, inputs));
    }

    function cli(...args: string[]): Promise<Ended> {
      return simulated.run(pulumi, [...args, "--non-interactive", "--color=never"]);
    }

    it("is stopped by the compiler for an input that there is not", async () => {
      takePool(`${pool}, colour: "red"`);
      const { status, text } = await cli("preview");
      expect(status).not.toBe(0);
      expect(text).toContain("'colour' does not exist in type 'GpuPoolArgs'");
    });

    it("fails with every problem of a resource at once, before that one makes anything", async () => {
      takePool(`size: "${size}", nodes: ${nodes}, maxNodes: ${maxNodes}`);
      expectRefusedPool(await cli("preview"), simulated);
    });

    itLives(
      cli,
      () => simulated,
      () => {
        takePool(pool);
      },
    );
  });
});
