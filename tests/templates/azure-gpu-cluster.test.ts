import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json";
import { record } from "../../preview/record";
import { onPath } from "../../simulator/engine/search-path";
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

/** `pulumi new` asks the language of a template for its ways to install; the engine that this project builds has none, as it needs none. */
const language = onPath("pulumi-language-nodejs");
if (language === undefined)
  process.stderr.write(
    "Skipped: the template in the real Pulumi CLI. It needs pulumi-language-nodejs on PATH, which every Pulumi has.\n",
  );

describeWithEngine("the template in the real Pulumi CLI", ({ pulumi }) => {
  it.skipIf(language === undefined)("becomes a project with its own name (needs pulumi-language-nodejs)", () => {
    const home = mkdtempSync(path.join(tmpdir(), "template-"));
    try {
      const project = path.join(home, "lab-gpus");
      const said = ["--name", "lab-gpus", "--description", "GPUs of the lab", "--dir", project];
      execFileSync(pulumi, ["new", template, "--generate-only", "--yes", "--offline", ...said], {
        cwd: home,
        env: {
          PATH: process.env["PATH"],
          HOME: home,
          PULUMI_HOME: home,
          PULUMI_BACKEND_URL: `file://${home}`,
          PULUMI_CONFIG_PASSPHRASE: "",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
        stdio: "pipe",
      });
      expect(readdirSync(project).sort()).toEqual(readdirSync(template).sort());
      expect(parse(text(project, "Pulumi.yaml"))).toMatchObject({
        name: "lab-gpus",
        description: "GPUs of the lab",
        // The language adds how packages are installed, by its default.
        runtime: { name: "nodejs", options: { packagemanager: "npm" } },
      });
      expect(JSON.parse(text(project, "package.json"))).toMatchObject({ name: "lab-gpus" });
      expect(text(project, "index.ts")).toBe(text(template, "index.ts"));
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
