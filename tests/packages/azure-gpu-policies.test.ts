import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { levelOf, Pack } from "../../cli/pack-process";
import { azureGpuPolicies } from "../../packages/azure-gpu-policies/azure-gpu-policies";
import { type BuiltPackage, buildPackage } from "../../packages/build-package";
import type { Subject } from "../../policies/engine/rule";
import { rules } from "../../policies/rules";
import { readPlanFile } from "../../preview/plan-file/read-plan-file";
import { shippedPreview } from "../shipped-previews";
import { root } from "../stack-files";
import { bundledIn, expectBillOf } from "./bills";

const name = "azure-gpu-policies";

/** Where a user has installed the archive, as npm does it, and nothing else. */
let project: string;
let built: BuiltPackage;
const installed = (file = ""): string => path.join(project, "node_modules", name, file);

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "policies-user-"));
  built = buildPackage(root, azureGpuPolicies, path.join(project, "archives"));
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ private: true }));
  const options = ["--offline", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", ["install", ...options, built.archive], { cwd: project });
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

it("holds the rules and what people need of them, and asks npm for nothing else", () => {
  expect(readdirSync(path.join(project, "node_modules")).filter((it) => !it.startsWith("."))).toEqual([name]);
  const files = readdirSync(installed(), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  expect(files.map((it) => path.relative(installed(), path.join(it.parentPath, it.name))).sort()).toEqual([
    "LICENSE",
    "NOTICES.txt",
    "PulumiPolicy.yaml",
    "README.md",
    "command.js",
    "config.schema.json",
    "config/dev.json",
    "config/prod.json",
    "config/staging.json",
    "docs/sizes.md",
    "index.js",
    "package.json",
    "rules.md",
  ]);
});

it("names files that it has: links of its pages, the files of its README and of fixes of rules", () => {
  const links = ["README.md", "rules.md"].flatMap((it) =>
    [...readFileSync(installed(it), "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link),
  );
  const files = [...readFileSync(installed("README.md"), "utf8").matchAll(/`([\w./]+\.(?:md|txt|schema\.json))`/g)];
  const ofRules = [...readFileSync(installed("rules.md"), "utf8").matchAll(/(?<![\w/])docs\/[\w-]+\.md/g)];
  const local = [...links.filter((it) => !/^https:/.test(it)), ...[...files, ...ofRules].map((it) => it[1] ?? it[0])];
  expect(local).toEqual(expect.arrayContaining(["rules.md", "config.schema.json", "NOTICES.txt", "docs/sizes.md"]));
  expect(local.filter((it) => !statSync(installed(it), { throwIfNoEntry: false })?.isFile())).toEqual([]);
});

describe("npx azure-gpu-policies", () => {
  const foreign = (file: string): string => path.join(root, "tests/policies/foreign", file);
  const files = ["scale-set.json", "storage.template.json", "inference.yaml"].map(foreign);
  const formats = ["text", "json", "sarif", "junit"];

  interface Said {
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }

  function say(command: string, args: readonly string[], input = ""): Said {
    // What colours a terminal is not asked here.
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8", input });
    return { code: status, out: stdout, err: stderr };
  }

  const packaged = (args: readonly string[], input?: string): Said => say("npx", ["--offline", name, ...args], input);
  const start = ["--require", path.join(root, "cli/start.cjs"), path.join(root, "cli/policies.ts")];
  const here = (args: readonly string[], input?: string): Said => say(process.execPath, [...start, ...args], input);

  /** What the command of the repository would say, were it started in the package's way. */
  const renamed = ({ out, err, ...said }: Said): Said => ({
    ...said,
    out: out.replaceAll("npm run policies --", `npx ${name}`),
    err: err.replaceAll("npm run policies --", `npx ${name}`),
  });

  const cases: readonly (readonly [code: number, args: readonly string[], input?: string])[] = [
    ...files.flatMap((file) => formats.map((format) => [1, [file, "--format", format]] as const)),
    [1, files],
    [1, ["-", "--environment", "dev"], readFileSync(foreign("inference.yaml"), "utf8")],
    [1, [foreign("scale-set.json"), "--config", "node_modules/azure-gpu-policies/config/staging.json"]],
    [0, ["-", "--allow-empty", "--kind", "manifests"], "# nothing\n"],
    [0, ["--list"]],
    [0, ["--list", "--format", "json"]],
    [0, ["--version"]],
    [0, ["--help"]],
    [2, ["--frmat", "json", "plan.json"]],
    [2, ["plan.json"]],
    [2, [foreign("scale-set.json"), "--format", "xml"]],
    [2, [foreign("scale-set.json"), "--kind", "template"]],
    [2, []],
  ];

  it.each(cases.map(([code, args, input]) => ({ code, args, input })))(
    "ends with $code and says what the command of the repository says, of $args",
    ({ code, args, input }) => {
      const said = packaged(args, input);
      expect(said).toEqual(renamed(here(args, input)));
      expect(said.code).toBe(code);
      expect(said.out + said.err).not.toContain("npm run policies");
    },
  );

  it("tells how it is started", () => {
    expect(packaged(["--help"]).out).toContain(`\n  npx ${name} FILE... `);
    expect(packaged(["--wrong"]).err).toMatch(new RegExp(`Unknown option '--wrong'.* npx ${name} --help\n$`));
  });
});

describe("as a pack of Pulumi", () => {
  let packs: readonly [ours: Pack, packaged: Pack];

  beforeAll(async () => {
    // What a program of Pulumi has beside it.
    mkdirSync(path.join(project, "node_modules/@pulumi"));
    for (const it of ["policy", "pulumi", "azure-native"])
      symlinkSync(path.join(root, "node_modules/@pulumi", it), path.join(project, "node_modules/@pulumi", it));
    packs = await Promise.all([Pack.start("policies", "."), Pack.start(project, `node_modules/${name}`)]);
  });
  afterAll(() => Promise.all(packs.map((it) => it.stop())));

  async function said(pack: Pack, resources: readonly Subject[]): Promise<readonly object[]> {
    await pack.configure(
      Object.fromEntries(rules.map(({ name: rule, levels }) => [rule, { level: levelOf(levels.prod) }])),
    );
    const all = [...(await pack.analyzeStack(resources))];
    for (const it of resources) all.push(...(await pack.analyze(it)));
    return all;
  }

  it("says of a whole program what the pack of the repository says, in the same words", async () => {
    const { plan } = await shippedPreview("dev");
    // Definitions of kinds are megabytes, and alike for every rule.
    const resources = plan.resources.filter((it) => !it.type.endsWith(":CustomResourceDefinition"));
    const broken = resources.map((it) =>
      it.type.endsWith(":ManagedCluster")
        ? { ...it, options: {}, inputs: { ...it.inputs, disableLocalAccounts: false } }
        : it,
    );
    const [ours, packaged] = [await said(packs[0], broken), await said(packs[1], broken)];
    expect(JSON.stringify(ours)).toContain("aks-no-local-accounts");
    expect(packaged).toEqual(ours);
  });

  it("says the same of a program of somebody else", async () => {
    const file = path.join(root, "tests/policies/foreign/scale-set.json");
    const { resources } = readPlanFile(file, readFileSync(file, "utf8"));
    const [ours, packaged] = [await said(packs[0], resources), await said(packs[1], resources)];
    expect(ours.length).toBeGreaterThan(15);
    expect(packaged).toEqual(ours);
  });
});

it("has a bill of materials that names what lies in its files, with version, licence and hash, and no more", () => {
  const code = ["index.js", "command.js"].map((it) => readFileSync(installed(it), "utf8"));
  const found = [...new Set(code.flatMap(bundledIn))];
  expect(found.sort()).toEqual(["@pulumi/pulumi", "strip-json-comments", "yaml", "zod"]);
  expectBillOf(built, found);
  const notices = readFileSync(installed("NOTICES.txt"), "utf8");
  for (const it of found) expect(notices).toContain(`\n${it}\n\n`);
  expect(notices).toContain("Colin McDonnell");
});
