import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { type ControlPlane, startControlPlane } from "../../simulator/kubernetes/control-plane";
import { describeWithYamlHost } from "../simulator/engine/with-yaml-host";
import { root } from "../stack-files";
import type { Deployment } from "./same-as-typescript";
import { type Ended, SimulatedPackage } from "./simulated-package";

const example = path.join(root, "examples/environment-yaml/Pulumi.yaml");
const { resources } = parse(readFileSync(example, "utf8")) as {
  readonly resources: Readonly<Record<string, { readonly type: string }>>;
};

function isComponent(type: string): boolean {
  return type.startsWith("azure-gpu-cluster:");
}

/** Types of components, in order. */
function componentsOf(all: readonly { readonly type: string }[]): string[] {
  return all
    .map(({ type }) => type)
    .filter(isComponent)
    .sort();
}

describeWithYamlHost("an environment in YAML on the real engine", (engine, yamlHost) => {
  let simulated: SimulatedPackage;
  let controlPlane: ControlPlane | undefined;

  beforeAll(async () => {
    simulated = new SimulatedPackage(engine.pulumi, [path.dirname(yamlHost)]);
    // The API server is private: a program that puts something into the cluster runs in its network.
    simulated.world.runFrom("runner");
    controlPlane = await startControlPlane({ folder: simulated.world.folder, engine });
    copyFileSync(example, simulated.at("work/Pulumi.yaml"));
    expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
  });

  afterAll(async () => {
    await controlPlane?.stop();
    simulated.remove();
  });

  function cli(...args: string[]): Promise<Ended> {
    return simulated.run(engine.pulumi, [...args, "--non-interactive", "--color=never"]);
  }

  it("makes every component that it names, in Azure and in the cluster", async () => {
    const { status, text } = await cli("up", "--yes", "--skip-preview", "--parallel=64");
    expect(status, text).toBe(0);
    const state = JSON.parse((await cli("stack", "export")).text) as { readonly deployment: Deployment };
    const made = state.deployment.resources ?? [];
    const ofProgram = made.filter(({ parent = "" }) => parent.includes("::pulumi:pulumi:Stack::"));
    expect(componentsOf(ofProgram)).toEqual(componentsOf(Object.values(resources)));
    // A component without children would be a name and no more.
    const parents = new Set(made.map((it) => it.parent));
    expect(ofProgram.filter(({ type, urn }) => isComponent(type) && !parents.has(urn))).toEqual([]);
  });

  it("has nothing to do again, and destroys all that it made", async () => {
    const again = await cli("preview", "--expect-no-changes");
    expect(again.status, again.text).toBe(0);
    const gone = await cli("destroy", "--yes", "--skip-preview", "--parallel=64");
    expect(gone.status, gone.text).toBe(0);
    expect(simulated.world.resources()).toEqual([]);
  });
});
