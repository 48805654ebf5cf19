import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { installAt, shipped, type Texts } from "./github-files";
import { root } from "../stack-files";
import { expand, shippedPipelines } from "./azure-pipelines";
import { pipelineLinters, type RunLinter } from "./linters/linters";

/** What zizmor says of a finding, as far as tests ask. */
interface Finding {
  readonly ident: string;
}

describe("linters from PyPI", () => {
  let linter: RunLinter | string;
  beforeAll(async () => {
    linter = await pipelineLinters();
  }, 120_000);

  const run: RunLinter = (program, args) => {
    if (typeof linter === "string") throw new Error(linter);
    return linter(program, args);
  };
  /** A test that is skipped, and says why, where the linters are not. */
  const test = (name: string, body: () => Promise<void>): void =>
    it(name, async (context) => {
      context.skip(typeof linter === "string", typeof linter === "string" ? linter : "");
      await body();
    });

  describe("zizmor on the files of GitHub", () => {
    const audit = async (texts: Texts): Promise<string[]> => {
      const folder = mkdtempSync(path.join(tmpdir(), "zizmor-"));
      installAt(folder, texts);
      const config = ["--config", path.join(__dirname, "linters/zizmor.yml")];
      const { out } = await run("zizmor", ["--offline", "--no-progress", "--format=json", ...config, folder]);
      return (JSON.parse(out) as Finding[]).map(({ ident }) => ident);
    };

    test("finds nothing", async () => expect(await audit(shipped)).toEqual([]));

    test("finds nothing in the workflows of this repository", async () => {
      const { out } = await run("zizmor", ["--offline", "--no-progress", "--format=json", path.join(root, ".github")]);
      expect(JSON.parse(out)).toEqual([]);
    });

    const broken: readonly (readonly [string, string, string, string])[] = [
      ["dangerous-triggers", "preview.yml", "  pull_request:\n", "  pull_request_target:\n"],
      ["artipacked", "drift.yml", "{ persist-credentials: false }", "{ fetch-depth: 1 }"],
      ["unpinned-uses", "plan.yml", "checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "checkout@v7"],
      ["template-injection", "production.yml", "'%s' \"$APPROVAL\"", "${{ inputs.approval }}"],
    ];
    for (const [ident, file, from, to] of broken)
      test(`finds ${ident} in a file that has it`, async () => {
        expect(shipped[file]).toContain(from);
        expect(await audit({ ...shipped, [file]: (shipped[file] ?? "").replace(from, to) })).toContain(ident);
      });
  });

  describe("check-jsonschema", () => {
    const judge = async (schema: string, text: string): Promise<readonly [number, string]> => {
      const file = path.join(mkdtempSync(path.join(tmpdir(), "schema-")), "file.yml");
      writeFileSync(file, text);
      const { code, out, err } = await run("check-jsonschema", [
        "--regex-variant",
        "python",
        "--builtin-schema",
        `vendor.${schema}`,
        file,
      ]);
      return [code, code === 0 ? "" : `${out}${err}`];
    };

    for (const [name, text] of Object.entries(shipped)) {
      const schema = name.includes("/") ? "github-actions" : "github-workflows";
      test(`finds ${name} as ${schema} has it`, async () => expect(await judge(schema, text)).toEqual([0, ""]));
    }

    const own = path.join(root, ".github/workflows");
    for (const name of existsSync(own) ? readdirSync(own) : [])
      test(`finds ${name} of this repository as github-workflows has it`, async () =>
        expect(await judge("github-workflows", readFileSync(path.join(own, name), "utf8"))).toEqual([0, ""]));

    // Microsoft's schema, microsoft/azure-pipelines-vscode:service-schema.json, as check-jsonschema brings it.
    const runs: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ["preview.yml", {}],
      ["deploy.yml", {}],
      ["drift.yml", {}],
      ["recover.yml", { environment: "prod", stack: "prod" }],
      ...["prod", "prod-workloads"].map(
        (stack) =>
          [
            "production.yml",
            { stack, planPipeline: "1", planRun: "2", deployPipeline: "1", verificationRun: "2", approval: "{}" },
          ] as const,
      ),
    ];
    for (const [name, given] of runs)
      test(`finds ${name} ${given["stack"] ?? ""} as Microsoft has it`, async () => {
        const pipeline = expand(shippedPipelines, name, given);
        expect(await judge("azure-pipelines", JSON.stringify(pipeline))).toEqual([0, ""]);
      });

    // GitLab's schema, gitlab-org/gitlab:app/assets/javascripts/editor/schema/ci.json, as check-jsonschema brings it.
    test("finds .gitlab-ci.yml as GitLab has it, and finds a broken one", async () => {
      const text = readFileSync(path.join(root, "deploy/gitlab/.gitlab-ci.yml"), "utf8");
      expect(await judge("gitlab-ci", text)).toEqual([0, ""]);
      expect((await judge("gitlab-ci", text.replace("interruptible: false", "interruptible: maybe")))[0]).toBe(1);
    });

    test("finds a pipeline that is none", async () => {
      const broken = {
        ...shippedPipelines,
        "templates/deliver.yml": (shippedPipelines["templates/deliver.yml"] ?? "").replace("runOnce", "runTwice"),
      };
      expect((await judge("azure-pipelines", JSON.stringify(expand(broken, "deploy.yml"))))[0]).toBe(1);
    });
  });
});
