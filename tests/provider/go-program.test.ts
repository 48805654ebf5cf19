import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWithEngine } from "../simulator/engine/with-engine";
import { describeWithPackageSdks } from "../simulator/engine/with-package-sdks";
import { root } from "../stack-files";
import { GeneratedSdks } from "./generated-sdks";
import { inlineResult } from "./program-life";
import { expectRefusedPool, wrongPool } from "./refused-pool";
import { expectSameAsTypeScript } from "./same-as-typescript";
import { type Ended, SimulatedPackage } from "./simulated-package";

const example = readFileSync(path.join(root, "examples/infiniband-cluster-go/main.go"), "utf8");
const pool = /Size: +"Standard_ND96isr_H100_v5",\n\s+Nodes: +pulumi\.IntRef\(16\),/;
const wrongLines = `Size: "${wrongPool.size}",
Nodes: pulumi.IntRef(${wrongPool.nodes}),
MaxNodes: pulumi.IntRef(${wrongPool.maxNodes}),`;

describeWithEngine("on the real engine", ({ pulumi }) => {
  describeWithPackageSdks("a program in Go with its SDK", (packageSdks) => {
    let simulated: SimulatedPackage;
    let sdks: GeneratedSdks;
    let missing: string | undefined;

    beforeAll(async () => {
      sdks = new GeneratedSdks(packageSdks);
      expect(await sdks.generate(path.join(root, "provider/schema.json"))).toEqual({ status: 0, text: "" });
      simulated = new SimulatedPackage(pulumi);
      mkdirSync(sdks.at("go/program"));
      cpSync(path.join(__dirname, "go/inline_test.go"), sdks.at("go/program/inline_test.go"));
      const compiled = await compile(example);
      if ("missing" in compiled) ({ missing } = compiled);
      else expect(compiled).toEqual({ status: 0, text: "" });
    });

    afterAll(() => {
      simulated.remove();
      sdks.remove();
    });

    beforeEach(({ skip }) => {
      if (missing !== undefined) skip(missing);
    });

    /** Makes a text the program of the stack. */
    function compile(program: string): ReturnType<GeneratedSdks["go"]> {
      writeFileSync(sdks.at("go/program/main.go"), program);
      return sdks.go("test", "-c", "-o", simulated.at("program"), "./program");
    }

    /** Does something with the stack, and reads what came of it. */
    function act(action: "preview" | "up" | "destroy"): Promise<Ended> {
      return simulated.run(simulated.at("program"), [action]);
    }

    it("is stopped by the compiler for an input that there is not", async () => {
      const { text } = (await compile(example.replace(pool, 'Colour: "red",'))) as { readonly text: string };
      expect(text).toContain("unknown field Colour in struct literal of type cluster.GpuPoolArgs");
    });

    it("fails with every problem of a resource at once, before that one makes anything", async () => {
      expect(await compile(example.replace(pool, wrongLines))).toEqual({ status: 0, text: "" });
      expectRefusedPool(await act("preview"), simulated);
    });

    it("plans all resources before any is there", async () => {
      expect(await compile(example)).toEqual({ status: 0, text: "" });
      expect(inlineResult(await act("preview")).changes).toEqual({ create: 26 });
    });

    it("makes what the program in TypeScript makes", async () => {
      const { changes, deployment } = inlineResult(await act("up"));
      expect(changes).toEqual({ create: 26 });
      await expectSameAsTypeScript(deployment);
    });

    it("has nothing to do again, and destroys all that it made", async () => {
      expect(inlineResult(await act("up")).changes).toEqual({ same: 26 });
      expect(inlineResult(await act("destroy")).changes).toEqual({ delete: 26 });
      expect(simulated.world.resources()).toEqual([]);
    });
  });
});
