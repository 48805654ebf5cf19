import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pythonEnvironment } from "../python-environment";
import { describeWithEngine } from "../simulator/engine/with-engine";
import { describeWithPackageSdks } from "../simulator/engine/with-package-sdks";
import { root } from "../stack-files";
import { GeneratedSdks } from "./generated-sdks";
import { inlineResult } from "./program-life";
import { expectRefusedPool, wrongPool } from "./refused-pool";
import { expectSameAsTypeScript } from "./same-as-typescript";
import { type Ended, SimulatedPackage } from "./simulated-package";

const example = path.join(root, "examples/infiniband-cluster-python");
const wrongLine = `size="${wrongPool.size}", nodes=${wrongPool.nodes}, max_nodes=${wrongPool.maxNodes},`;
const runner = path.join(__dirname, "python/run.py");

describeWithEngine("on the real engine", ({ pulumi }) => {
  describeWithPackageSdks("a program in Python with its SDK", (packageSdks) => {
    let simulated: SimulatedPackage;
    let sdks: GeneratedSdks;
    let python: string | undefined;
    let missing = "";

    beforeAll(async () => {
      sdks = new GeneratedSdks(packageSdks);
      expect(await sdks.generate(path.join(root, "provider/schema.json"))).toEqual({ status: 0, text: "" });
      simulated = new SimulatedPackage(pulumi, [], sdks.at("python"));
      const environment = await pythonEnvironment({
        name: "pulumi",
        what: "Pulumi's SDK of Python is",
        megabytes: 14,
        requirements: path.join(__dirname, "python/requirements.txt"),
      });
      if ("missing" in environment) missing = environment.missing;
      else python = path.join(environment.bin, "python");
      take((it) => it);
    }, 300_000);

    afterAll(() => {
      simulated.remove();
      sdks.remove();
    });

    beforeEach(({ skip }) => {
      if (python === undefined) skip(missing);
    });

    /** Makes the example, or a changed one, the program of the stack. */
    function take(change: (program: string) => string): void {
      const folder = simulated.at("work/program");
      cpSync(example, folder, { recursive: true });
      const file = path.join(folder, "__main__.py");
      writeFileSync(file, change(readFileSync(file, "utf8")));
    }

    /** Gives the pool of the example another line. */
    function takePool(inputs: string): void {
      take((program) => {
        const changed = program.replace(/size="Standard_ND96isr_H100_v5",\s+nodes=16,/, inputs);
        if (changed === program) throw new Error("The example has no pool of 16 nodes of Standard_ND96isr_H100_v5.");
        return changed;
      });
    }

    /** Does something with the stack, and reads what came of it. */
    function act(action: "preview" | "up" | "destroy"): Promise<Ended> {
      return simulated.run(python ?? "", [runner, "program", action]);
    }

    it("fails with every problem of a resource at once, before that one makes anything", async () => {
      takePool(wrongLine);
      expectRefusedPool(await act("preview"), simulated);
    });

    it("is stopped by Python itself for an input that there is not", async () => {
      takePool(`${wrongLine} colour="red",`);
      const { status, text } = await act("preview");
      expect(status).not.toBe(0);
      expect(text).toContain("unexpected keyword argument 'colour'");
      expect(simulated.world.operations()).toEqual([]);
    });

    it("plans all resources before any is there", async () => {
      take((it) => it);
      expect(inlineResult(await act("preview")).changes).toEqual({ create: 26 });
    });

    it("makes what the program in TypeScript makes", async () => {
      const { changes, deployment } = inlineResult(await act("up"));
      expect(changes).toEqual({ create: 26 });
      await expectSameAsTypeScript(deployment);
    });

    it("is refused in `up`, too, by the rule that it breaks, and what is there stays", async () => {
      const before = simulated.world.resources().length;
      takePool(wrongLine);
      const { status, text } = await act("up");
      expect(status).toBe(1);
      expect(text).toContain("GPU pool 'h100' is misconfigured");
      take(
        (program) =>
          `${program}\npulumi.ComponentResource("azure-gpu-cluster:cluster:TpuPool", "tpu", {}, None, True)\n`,
      );
      const ofNoType = await act("up");
      expect(ofNoType.status).toBe(1);
      expect(ofNoType.text).toContain('This package has no type "azure-gpu-cluster:cluster:TpuPool". It has ');
      expect(simulated.world.resources()).toHaveLength(before);
    });

    it("has nothing to do again, and destroys all that it made", async () => {
      take((it) => it);
      expect(inlineResult(await act("up")).changes).toEqual({ same: 26 });
      expect(inlineResult(await act("destroy")).changes).toEqual({ delete: 26 });
      expect(simulated.world.resources()).toEqual([]);
    });
  });
});
