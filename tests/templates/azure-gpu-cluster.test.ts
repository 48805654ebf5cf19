import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json";
import { azureGpuCluster } from "../../packages/azure-gpu-cluster";
import { buildPackage } from "../../packages/build-package";
import { record } from "../../preview/record";
import { World } from "../../simulator/azure/world";
import { buildNodeHost, buildProviders } from "../../simulator/engine/providers";
import { describeWithEngine } from "../simulator/engine/with-engine";
import { programOf } from "../program-of";
import { root } from "../stack-files";

const template = path.join(root, "templates/azure-gpu-cluster");

function text(...at: readonly string[]): string {
  return readFileSync(path.join(...at), "utf8");
}

/** Keys of the stack's configuration that the program reads. */
const keysRead = [...text(template, "index.ts").matchAll(/\.(?:require|requireNumber)\("(\w+)"\)/g)].map(
  ([, key]) => key ?? "",
);

it("asks for every value that its program reads, and for no other", () => {
  const { template: asked } = parse(text(template, "Pulumi.yaml")) as {
    template: { config: Readonly<Record<string, object>> };
  };
  expect(
    Object.keys(asked.config)
      .map((it) => it.replace("azure-native:", ""))
      .sort(),
  ).toEqual([...keysRead].sort());
});

it("installs what the package of this version needs", () => {
  const { dependencies } = JSON.parse(text(template, "package.json")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  expect(dependencies).toEqual({ ...manifest.peerDependencies, [manifest.name]: `^${manifest.version}` });
});

it("is a cluster with GPU nodes of the size and number that were asked for", async () => {
  // A recorded program has the name of this project.
  runtime.setAllConfig({
    "azure-native:location": "eastus",
    "azure-gpu-cluster:owner": "ml-platform",
    "azure-gpu-cluster:adminGroup": "11111111-1111-4111-8111-111111111111",
    "azure-gpu-cluster:gpuSize": "Standard_ND96isr_H100_v5",
    "azure-gpu-cluster:gpuNodes": "2",
  });
  const plan = await record({
    stack: "lab",
    program: programOf("templates/azure-gpu-cluster/index.ts"),
  });
  const pools = plan.resources.filter(({ type }) => type.endsWith(":AgentPool"));
  expect(pools.map(({ inputs }) => [inputs["vmSize"], inputs["count"]])).toEqual([
    ["Standard_ND96isr_H100_v5", 2],
    ["Standard_D8ds_v5", 2],
  ]);
});

describeWithEngine("the template in the real Pulumi CLI", ({ pulumi }) => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), "template-"));
    buildNodeHost(path.join(home, "host"));
    World.open(path.join(home, "azure")).runFrom("workstation");
  });
  afterAll(() => rmSync(home, { recursive: true }));

  function cli(cwd: string, ...args: string[]): string {
    const simulated = World.open(path.join(home, "azure")).environment(buildProviders(path.join(home, "providers")));
    return execFileSync(pulumi, [...args, "--non-interactive", "--color=never"], {
      cwd,
      encoding: "utf8",
      env: {
        ...simulated,
        PATH: [path.join(home, "host"), simulated["PATH"], process.env["PATH"]].join(path.delimiter),
        HOME: home,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${home}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Types are compared elsewhere, in half a minute less.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      },
    });
  }

  it("becomes a project with its own name", () => {
    const said = ["--name", "lab-gpus", "--description", "GPUs of the lab", "--dir", path.join(home, "lab-gpus")];
    cli(home, "new", template, "--generate-only", "--yes", "--offline", ...said);
    const project = path.join(home, "lab-gpus");
    expect(readdirSync(project).sort()).toEqual(readdirSync(template).sort());
    expect(parse(text(project, "Pulumi.yaml"))).toMatchObject({ name: "lab-gpus", description: "GPUs of the lab" });
    expect(JSON.parse(text(project, "package.json"))).toMatchObject({ name: "lab-gpus" });
    expect(text(project, "index.ts")).toBe(text(template, "index.ts"));
  });

  it("is planned as a user plans it, with the package that npm would install", () => {
    const project = path.join(home, "lab-gpus");
    installPackages(project, home);
    cli(project, "stack", "init", "lab");
    const values = {
      "azure-native:location": "eastus",
      owner: "ml-platform",
      adminGroup: "11111111-1111-4111-8111-111111111111",
      gpuSize: "Standard_ND96isr_H100_v5",
      gpuNodes: "2",
    };
    cli(
      project,
      "config",
      "set-all",
      ...Object.entries(values).flatMap(([key, it]) => ["--plaintext", `${key}=${it}`]),
    );
    expect(cli(project, "preview")).toContain("+ 26 to create");
  });
});

/** Lays the packed library beside the packages that this project has, as npm would from the registry. */
function installPackages(project: string, folder: string): void {
  const { archive } = buildPackage(root, azureGpuCluster, path.join(folder, "packages"));
  const installed = path.join(project, "node_modules");
  mkdirSync(path.join(installed, manifest.name), { recursive: true });
  execFileSync("tar", ["-xzf", archive, "--strip-components=1", "-C", path.join(installed, manifest.name)]);
  for (const it of readdirSync(path.join(root, "node_modules")))
    symlinkSync(path.join(root, "node_modules", it), path.join(installed, it));
}
