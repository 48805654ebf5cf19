import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { describeWithYamlHost } from "../simulator/engine/with-yaml-host";
import { root } from "../stack-files";
import { itLives } from "./program-life";
import { expectRefusedPool, wrongPool } from "./refused-pool";
import { type Ended, SimulatedPackage } from "./simulated-package";

/** A program in YAML, as far as tests change it. */
interface Program {
  readonly resources: Record<string, { type: string; properties: Record<string, unknown> }>;
}

const example = path.join(root, "examples/infiniband-cluster-yaml/Pulumi.yaml");

describeWithYamlHost("a program in YAML on the real engine", ({ pulumi }, yamlHost) => {
  let simulated: SimulatedPackage;

  beforeAll(async () => {
    simulated = new SimulatedPackage(pulumi, [path.dirname(yamlHost)]);
    take((it) => it);
    expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
  });

  afterAll(() => simulated.remove());

  /** Makes the example, or a changed one, the program of the stack. */
  function take(change: (program: Program) => Program): void {
    const program = change(parse(readFileSync(example, "utf8")) as Program);
    writeFileSync(simulated.at("work/Pulumi.yaml"), stringify(program));
  }

  /** Gives the pool of the example other inputs. */
  function takePool(inputs: Readonly<Record<string, unknown>>): void {
    take((program) => {
      const { h100 } = program.resources;
      if (h100 === undefined) throw new Error("The example has no pool h100.");
      const changed = { ...h100, properties: { ...h100.properties, ...inputs } };
      return { ...program, resources: { ...program.resources, h100: changed } };
    });
  }

  function cli(...args: string[]): Promise<Ended> {
    return simulated.run(pulumi, [...args, "--non-interactive", "--color=never"]);
  }

  it("fails with every problem of a resource at once, before that one makes anything", async () => {
    takePool(wrongPool);
    expectRefusedPool(await cli("preview"), simulated);
  });

  it("does not have the engine show a value that is wrong, which may be a private key", async () => {
    const subnetResourceId = '${net.subnetResourceIds["nodes"]}';
    const sshPublicKeys = ["-----BEGIN OPENSSH PRIVATE KEY----- hidden"];
    const properties = {
      scope: "${env.scope}",
      subnetResourceId,
      sshPublicKeys,
      imageVersion: "24.04.202609040",
    };
    const runner = { type: "azure-gpu-cluster:compute:Runner", properties };
    take((program) => ({ ...program, resources: { ...program.resources, runner } }));
    const { status, text } = await cli("preview");
    expect(status).not.toBe(0);
    expect(text).toContain("property `sshPublicKeys[0]` has a problem: must be");
    expect(text).not.toContain("hidden");
  });

  itLives(
    cli,
    () => simulated,
    () => {
      take((it) => it);
    },
  );
});
