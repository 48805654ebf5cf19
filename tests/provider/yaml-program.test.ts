import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { record } from "../../preview/record";
import { World } from "../../simulator/azure/world";
import { buildProviders } from "../../simulator/engine/providers";
import { describeWithYamlHost } from "../simulator/engine/with-yaml-host";
import { programOf } from "../program-of";
import { tree } from "../recorded";
import { root } from "../stack-files";

/** A resource of the engine's state, or of a recorded plan. */
interface Made {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** A program in YAML, as far as tests change it. */
interface Program {
  readonly resources: Record<string, { type: string; properties: Record<string, unknown> }>;
}

const example = path.join(root, "examples/infiniband-cluster-yaml/Pulumi.yaml");

describeWithYamlHost("a program in YAML on the real engine", ({ pulumi }, yamlHost) => {
  const folder = mkdtempSync(path.join(tmpdir(), "azure-gpu-cluster-yaml-"));
  const at = (name: string): string => path.join(folder, name);
  let world: World;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    for (const it of ["state", "home", "work", "plugin"]) mkdirSync(at(it));
    // Starts the plugin as Pulumi's Node host does, whose Go module no proxy has.
    const start = `exec node ${root}/node_modules/@pulumi/pulumi/cmd/run-plugin ${root} "$@"`;
    writeFileSync(at("plugin/pulumi-resource-azure-gpu-cluster"), `#!/bin/sh\n${start}\n`, { mode: 0o700 });
    world = World.open(at("simulator"));
    world.runFrom("workstation");
    const simulated = world.environment(buildProviders(at("providers")), 3000);
    env = {
      ...process.env,
      ...simulated,
      PATH: [at("plugin"), path.dirname(yamlHost), simulated["PATH"], path.dirname(pulumi)].join(path.delimiter),
      PULUMI_HOME: at("home"),
      PULUMI_BACKEND_URL: `file://${at("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "yaml",
      PULUMI_SKIP_UPDATE_CHECK: "1",
    };
    take((it) => it);
    expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** Makes the example, or a changed one, the program of the stack. */
  function take(change: (program: Program) => Program): void {
    writeFileSync(at("work/Pulumi.yaml"), stringify(change(parse(readFileSync(example, "utf8")) as Program)));
  }

  function cli(...args: string[]): Promise<{ readonly status: number | null; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(pulumi, [...args, "--non-interactive", "--color=never"], { cwd: at("work"), env });
      let text = "";
      const hear = (it: Buffer): void => void (text += it.toString());
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, text }));
    });
  }

  /** Resources of the state that are Azure's, with what was asked of them. */
  async function state(): Promise<readonly Made[]> {
    const { text } = await cli("stack", "export");
    const { deployment } = JSON.parse(text) as { deployment: { resources?: readonly Made[] } };
    return (deployment.resources ?? []).filter((it) => !/^pulumi:/.test(it.type));
  }

  it("fails with every problem of a resource at once, before that one makes anything", async () => {
    take(({ resources }) => {
      const { h100 } = resources;
      if (h100 === undefined) throw new Error("The example has no pool h100.");
      const properties = { ...h100.properties, nodes: 4, maxNodes: 8, size: "Standard_ND96isr_H100_v6" };
      return {
        ...(parse(readFileSync(example, "utf8")) as Program),
        resources: { ...resources, h100: { ...h100, properties } },
      };
    });
    const { status, text } = await cli("preview");
    expect(status).not.toBe(0);
    expect(text).toContain("GPU pool 'h100' is misconfigured");
    expect(text).toMatch(/size.*Standard_ND96isr_H100_v6/);
    expect(text).toMatch(/nodes.*maxNodes|maxNodes.*nodes/);
    expect(text).not.toMatch(/\n\s+at .*\.ts:\d+/);
    expect(world.operations()).toEqual([]);
  });

  it("plans all resources before any is there", async () => {
    take((it) => it);
    const { status, text } = await cli("preview");
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toContain("+ 26 to create");
  });

  it("makes what the program in TypeScript makes", async () => {
    expect(await cli("up", "--yes", "--skip-preview")).toMatchObject({ status: 0 });
    const plan = await record({ stack: "lab", program: programOf("examples/infiniband-cluster/index.ts") });
    const made = await state();
    const label = ({ urn, parent = "" }: Made): string => {
      const short = (it: string): string => it.split("::").slice(2).join(" ").split("$").at(-1) ?? "";
      return parent.includes("::pulumi:pulumi:Stack::") ? short(urn) : `${short(urn)} < ${short(parent)}`;
    };
    const planned = plan.resources.filter((it) => !it.type.startsWith("pulumi:"));
    expect(tree(plan)).toHaveLength(25);
    expect(made.map(label).sort()).toEqual(planned.map(label).sort());
    const asked = (all: readonly Made[]): string[] =>
      all
        .filter(({ type }) => type.startsWith("azure-native:"))
        .map((it) => JSON.stringify([label(it), comparable(it.inputs ?? {})]))
        .sort();
    expect(asked(made)).toEqual(asked(planned));
  });

  it("has nothing to do again, and destroys all that it made", async () => {
    const again = await cli("up", "--yes", "--skip-preview");
    expect(again.text).toContain("26 unchanged");
    expect(await cli("destroy", "--yes", "--skip-preview")).toMatchObject({ status: 0 });
    expect(world.resources()).toEqual([]);
  });
});

/** Inputs in one order, without what names what only one of two worlds has: made-up IDs. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return "a GUID";
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, it]) => !key.startsWith("__") && it !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, it]) => [key, comparable(it)]));
}
