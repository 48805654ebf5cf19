import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Ajv from "ajv";
import draft4 from "ajv/lib/refs/json-schema-draft-04.json";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import { describe, expect, it } from "vitest";
import { judgeAndWrite } from "../../cli/judge-and-write";
import { policiesCommand, readArguments } from "../../cli/policies-command";
import { rules } from "../../policies/rules";
import { root } from "../stack-files";
import { junitProblems } from "./junit-problems";
import { runHere } from "./run-here";

const foreign = (file: string): string => path.join(root, "tests/policies/foreign", file);
const [plan, template, manifests] = ["scale-set.json", "storage.template.json", "inference.yaml"].map(foreign) as [
  string,
  string,
  string,
];
const folder = mkdtempSync(path.join(tmpdir(), "policies-"));

function written(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** A pod whose name and values are markup, and hold what XML has no character for. */
const markup = [
  "apiVersion: v1",
  "kind: Pod",
  'metadata: { name: "<b>&amp;]]>", namespace: "\\u0001\\uFFFF" }',
  'spec: { containers: [{ name: "a\\"b", image: "<script>&" }] }',
].join("\n");

const program = "npm run policies --";
const run = (...args: readonly string[]): ReturnType<typeof runHere> =>
  runHere(() =>
    Promise.resolve()
      .then(() => readArguments(args, program))
      .then((command) => (typeof command === "string" ? policiesCommand(args, program) : judgeAndWrite(command))),
  );

/** The command in a process of its own. */
function start(args: readonly string[], options: Pick<SpawnSyncOptions, "input" | "stdio">) {
  const command = ["--require", "./cli/start.cjs", "cli/policies.ts", ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8", ...options });
}

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly object[] }];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly object[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions?: readonly object[];
      }[];
    },
  ];
}

/** The log, which the published schema takes. */
async function sarif(...args: readonly string[]): Promise<Sarif["runs"][0]> {
  const { out, error } = await run(...args, "--format", "sarif");
  expect(error).toBeUndefined();
  const ajv = new Ajv({ schemaId: "auto", allErrors: true });
  ajv.addMetaSchema(draft4);
  const log: unknown = JSON.parse(out);
  expect(ajv.validate(schema, log) === true ? [] : ajv.errors).toEqual([]);
  return (log as Sarif).runs[0];
}

/** Rules that forbid something, with the resources, as JSON has them. */
async function forbidden(...args: readonly string[]): Promise<string[]> {
  const { out } = await run(...args, "--format", "json");
  const { findings } = JSON.parse(out) as { findings: { level: string; rule: string; urn: string; line?: number }[] };
  return findings
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, urn, line }) => `${rule} ${urn.split("::").at(-1) ?? ""}:${line ?? "-"}`);
}

const theScaleSet = { type: "azure-native:compute:VirtualMachineScaleSet", name: "nodes" };
const answered = { reason: "a trial", owner: "render", expires: soon() };

function soon(): string {
  return new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
}

describe("npm run policies", () => {
  it.each([
    [plan, "plan", "staging", ["hpc-overprovision-off nodes:27", "vmss-no-public-ip nodes:27"], []],
    [
      template,
      "template",
      "prod",
      ["nsg-no-admin-from-internet nsg:49", "st-tls12 resources.0:20", "st-recoverable resources.0.resources.0:26"],
      // What only a program of Pulumi can say.
      ["meta-protect-stateful"],
    ],
    [manifests, "manifests", "prod", ["k8s-no-privileged chat/server:24", "k8s-lb-internal chat/server:36"], []],
  ] as const)("judges %s, which it knows by its content", async (file, kind, environment, some, none) => {
    const { code, out, error } = await run(file);
    expect([code, error]).toEqual([1, undefined]);
    expect(out).toMatch(new RegExp(`resources \\(${kind}\\), as ${environment}\n`));
    const found = await forbidden(file);
    for (const it of some) expect(found).toContain(it);
    for (const it of none) expect(found.join("\n")).not.toContain(it);
    expect(out).toContain(`${found.length} mandatory findings`);
    expect(await forbidden(file, "--kind", kind)).toEqual(found);
  });

  it("never shows a secret of a plan", async () => {
    for (const format of ["text", "json", "sarif", "junit"]) {
      const { out } = await run(plan, "--format", format);
      expect(out.length).toBeGreaterThan(1000);
      expect(out).not.toContain("a password that nobody may see");
    }
  });

  it("judges files together, at the levels of the strictest environment that they speak of", async () => {
    const together = await forbidden(plan, template, manifests);
    expect(together).toContain("hpc-overprovision-off nodes:27");
    expect(together).toContain("k8s-no-privileged chat/server:24");
    expect((await run(plan, template)).out).toContain("as prod");
    expect((await run(plan, template, "--environment", "dev")).out).toContain("as dev");
  });

  it("takes values of parameters", async () => {
    const file = written("main.parameters.json", {
      $schema: "x",
      parameters: { AccountName: { value: "stdata" }, allowPublic: { value: false } },
    });
    const found = await forbidden(template, "--parameters", file);
    expect(found).toContain("st-tls12 stdata:20");
    expect(found.join()).not.toContain("st-no-anonymous");
  });

  it("lets exceptions count, and says who answers for them", async () => {
    const exception = { rule: "hpc-overprovision-off", resource: theScaleSet, ...answered };
    const config = written("config.json", {
      all: "disabled",
      "hpc-overprovision-off": "mandatory",
      "meta-exemptions-fresh": { enforcementLevel: "mandatory", exceptions: [exception] },
    });
    const { code, out } = await run(plan, "--config", config);
    expect(code).toBe(0);
    expect(out).toContain("excepted hpc-overprovision-off");
    expect(out).toContain(`excepted until ${answered.expires} by "render": "a trial"`);
    const { results } = await sarif(plan, "--config", config);
    expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toMatchObject([
      ["hpc-overprovision-off", [{ kind: "external", status: "accepted" }]],
    ]);

    const alone = written("exceptions.yaml", JSON.stringify([exception]));
    const without = await forbidden(plan, "--environment", "staging");
    const withIt = await forbidden(plan, "--environment", "staging", "--exceptions", alone);
    expect(without.filter((it) => !withIt.includes(it))).toEqual(["hpc-overprovision-off nodes:27"]);
  });

  it("writes SARIF that the schema takes, with places, prints that stay, and what was not read", async () => {
    const { tool, results, invocations } = await sarif(template, plan);
    expect(results.length).toBeGreaterThan(10);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results.find(({ ruleId }) => ruleId === "st-tls12")).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "tests/policies/foreign/storage.template.json" },
            region: { startLine: 20 },
          },
          logicalLocations: [{ name: "StorageAccount resources.0" }],
        },
      ],
    });
    expect(results.filter(({ level }) => level === "note")).not.toEqual([]);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(1);
    const prints = results.map((it) => Object.values(it.partialFingerprints).join());
    const moved = written("storage.template.json", `\n\n${readFileSync(template, "utf8").replace("TLS1_0", "TLS1_1")}`);
    const again = (await sarif(moved)).results.find(({ ruleId }) => ruleId === "nsg-no-admin-from-internet");
    expect(again?.locations).toMatchObject([{ physicalLocation: { region: { startLine: 51 } } }]);
    expect(new Set(prints).size).toBeGreaterThan(10);
  });

  it("keeps the print of a finding when the value and the line change", async () => {
    const prints = async (content: string): Promise<readonly string[]> => {
      const { results } = await sarif(written("account.template.json", content));
      return results.map((it) => `${it.ruleId} ${Object.values(it.partialFingerprints).join()}`).sort();
    };
    const content = readFileSync(template, "utf8");
    expect(await prints(`\n${content.replace("TLS1_0", "TLS1_1")}`)).toEqual(await prints(content));
  });

  it("writes JUnit: a case for each enabled rule, a failure for each that forbids", async () => {
    const { out } = await run(plan, "--environment", "prod", "--format", "junit");
    const tags = (name: string): number => out.match(new RegExp(`<${name}[ >]`, "g"))?.length ?? 0;
    const enabled = rules.filter(({ levels }) => levels.prod !== "disabled").length;
    const broken = new Set((await forbidden(plan, "--environment", "prod")).map((it) => it.split(" ")[0]));
    expect([tags("testcase"), tags("failure")]).toEqual([enabled, broken.size]);
    expect(out).toContain(`<testsuites tests="${enabled}" failures="${broken.size}" errors="0">`);
    expect(await junitProblems(out)).toEqual([]);
  });

  it("writes JUnit that Jenkins takes, of any file", async () => {
    for (const file of [plan, template, manifests, written("markup.yaml", markup)]) {
      const { out, error } = await run(file, "--format", "junit");
      expect(error).toBeUndefined();
      expect({ file, problems: await junitProblems(out) }).toEqual({ file, problems: [] });
    }
    const { out } = await run(plan, "--format", "junit");
    expect(await junitProblems(out.replace("<testcase ", "<case "))).not.toEqual([]);
    expect(await junitProblems(out.replace(' failures="', ' faults="'))).not.toEqual([]);
    expect(await junitProblems(out.replace("</testsuites>", ""))).not.toEqual([]);
  });

  it("reads standard input, and writes to a file", () => {
    const output = path.join(folder, "out.sarif");
    const { status, stdout } = start(["-", "--format", "sarif", "--output", output], {
      input: readFileSync(manifests),
    });
    expect([status, stdout]).toEqual([1, ""]);
    const log = JSON.parse(readFileSync(output, "utf8")) as Sarif;
    expect(log.runs[0].results[0]?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: "stdin" }, region: { startLine: 24 } } },
    ]);
  });

  it.each([
    ["a byte order mark before a plan", Buffer.from(`\uFEFF${readFileSync(plan, "utf8")}`), 1, "", "(plan)"],
    ["UTF-16", Buffer.from(readFileSync(manifests, "utf8"), "utf16le"), 2, "must be UTF-8 text", ""],
    ["nothing", Buffer.from(""), 2, "-: must have a resource to judge", ""],
  ])("takes %s on standard input for what it is", (_, input, code, error, out) => {
    const { status, stdout, stderr } = start(["-"], { input });
    expect([status, stderr.includes(error), stdout.includes(out)]).toEqual([code, true, true]);
    expect(stderr).not.toContain("    at ");
  });

  it("says what standard input is where it is no file", () => {
    const open = openSync(folder, "r");
    const { status, stderr } = start(["-"], { stdio: [open, "pipe", "pipe"] });
    expect([status, stderr.split("\n")[1]]).toEqual([
      2,
      "  FILE: must be a file that can be read (EISDIR); got standard input",
    ]);
  });

  it("overwrites nothing that it reads", async () => {
    const input = written("kept.yaml", readFileSync(manifests, "utf8"));
    symlinkSync(input, path.join(folder, "link.yaml"));
    for (const output of [input, path.join(folder, "..", path.basename(folder), "link.yaml")]) {
      const { error } = await run(input, "--output", output);
      expect(String(error)).toContain("must be a file that can be written (the command reads it)");
    }
    const config = written("kept.json", { "st-tls12": "mandatory" });
    expect(String((await run(input, "--config", config, "--output", config)).error)).toContain("the command reads it");
    expect([readFileSync(input, "utf8"), readFileSync(config, "utf8")]).toEqual([
      readFileSync(manifests, "utf8"),
      '{"st-tls12":"mandatory"}',
    ]);
  });

  it("takes a template with comments and texts of several lines for one, and says what follows for a plan alone", async () => {
    const commented = readFileSync(template, "utf8").replace(
      "{",
      '// ours\n{ "metadata": { "a": "b\nc" }, /* of it */\n',
    );
    const { out, code } = await run(written("commented.json", commented));
    expect([code, out.split("\n")[0]]).toEqual([1, expect.stringMatching(/\(template\)/)]);
    expect(out).toMatch(/ mandatory findings\n/);
    expect((await run(plan)).out).toMatch(/ mandatory findings: up would be refused\n/);
  });

  it("lists the rules, for people and for machines", async () => {
    const lines = (await run("--list")).out.trim().split("\n");
    expect(lines).toHaveLength(rules.length + 1);
    const list = JSON.parse((await run("--list", "--format", "json")).out) as { name: string }[];
    expect(list.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
    expect((await run("--help")).out).toContain("npm run policies -- FILE...");
    expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("refuses a file of nothing, and takes it where nothing is meant", async () => {
    const nothing = written("nothing.json", { steps: [], changeSummary: { same: 3 } });
    const { error } = await run(nothing);
    expect(String(error)).toContain(
      "must have a resource to judge: judging nothing proves nothing (3 resources that stay as they are are not in the file: write it with pulumi preview --json --show-sames). Give --allow-empty where nothing is meant",
    );
    for (const format of ["text", "json", "sarif", "junit"]) {
      const refused = await run(nothing, "--format", format);
      expect({ format, out: refused.out, error: String(refused.error) }).toEqual({
        format,
        out: "",
        error: String(error),
      });
    }
    expect((await sarif(nothing, "--allow-empty")).results).toEqual([]);
    expect(await junitProblems((await run(nothing, "--allow-empty", "--format", "junit")).out)).toEqual([]);
    expect((await run(nothing, "--allow-empty")).code).toBe(0);
    expect((await run(written("no.yaml", "# nothing\n---\n"), written("no.json", ""), "--allow-empty")).code).toBe(0);
  });

  it("tells what is wrong with all files at once", async () => {
    const { error } = await run(written("tab.yaml", "a:\n\tb: 1\n"), plan, "nowhere.json", written("list.yaml", "[1]"));
    expect(String(error).split("\n")).toEqual([
      expect.stringContaining("What is to be judged is misconfigured:"),
      expect.stringMatching(/^ {2}\S+tab\.yaml: document 1 \(line 2\): is broken in column 1: Tabs are not allowed/),
      '  The command: FILE: must be a file that is there; got "nowhere.json"',
      expect.stringMatching(
        /^ {2}\S+list\.yaml: document 1 \(line 1\): must have an apiVersion and a kind; got a list/,
      ),
    ]);
  });

  it.each<[args: readonly string[], message: string]>([
    [[], "FILE must be given"],
    [["nowhere.json"], "must be a file that is there"],
    [[written("empty.json", " ")], "must have a resource to judge: judging nothing proves nothing. Give --allow-empty"],
    [[folder], "must be a file, and is a folder"],
    [[written("main.bicep", "param size string\n")], "it is Bicep. az bicep build --file FILE makes a template of it"],
    [
      [written("main.parameters.json", { parameters: { a: { value: 1 } } })],
      "it is parameters of one. Name the template, and this file as --parameters",
    ],
    [
      [written("pods.jsonl", '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}\n{"apiVersion":"v1"}\n')],
      "must be one document: it is several objects of Kubernetes, one a line. jq --slurp",
    ],
    [[template, "--parameters", template], "must be a file of parameters: an object of parameters, each with a value"],
    [[written("other.json", { a: 1 })], "must be a plan of Pulumi, an ARM template or Kubernetes manifests"],
    [[written("state.json", { version: 3, deployment: {} })], "it is the state of a stack"],
    [[written("terraform.json", { terraform_version: "1", planned_values: {} })], "it is one of Terraform"],
    [[written("broken.json", '{ "steps": [')], "it breaks off"],
    [[written("open.json", '[\n  {\n    "steps"')], "it breaks off"],
    [
      [written("pod.tpl", "{{- if .Values.pod }}\nkind: Pod\n{{- end }}\n")],
      "Of a chart, give what helm template prints",
    ],
    [[written("name.tpl", '{{ "kind" }}: Pod\n')], "Of a chart, give what helm template prints"],
    [[written("flow.yaml", "{ kind: Pod, metadata: { name: a } }")], "must have an apiVersion and a kind"],
    [
      [written("text.txt", "some words")],
      "must have an apiVersion and a kind; got a text. Plans of Pulumi and ARM templates are read as JSON",
    ],
    [
      [written("noise.json", `Previewing update (dev)\n${JSON.stringify({ steps: [] }, null, 2)}\n`)],
      "must be JSON from its first line on: something stands before the plan. Write standard output alone to the file",
    ],
    [[plan, "--kind", "manifests"], "must have an apiVersion and a kind"],
    [[plan, "--kind", "plans"], '--kind must be one of plan, template, manifests; got "plans". Closest: plan'],
    [[plan, "--environment", "production"], "--environment must be one of dev, staging, prod"],
    [[plan, "--format", "xml"], "--format must be one of text, json, sarif, junit"],
    [[plan, "--format", "text", "--format", "json"], "--format must be given once"],
    [[plan, plan], "each FILE must be given once; more than once: "],
    [[plan, written("copy.json", readFileSync(plan, "utf8"))], "must not hold what "],
    [[plan, "--list"], "--list judges nothing"],
    [["--list", "--format", "sarif"], "--list goes with --format text or json"],
    [[plan, "--parameters", written("p.json", { parameters: {} })], "must come with a template"],
    [[template, "--parameters", written("q.json", "a: 1")], "must be JSON"],
    [[template, "--parameters", written("r.json", { a: 1 })], "must be a file of parameters"],
    [
      [template, "--parameters", written("s.json", { parameters: { accountNam: { value: 1 } } })],
      "must be a parameter of the template. Closest: accountName",
    ],
    [[plan, "--config", written("c.json", { "hpc-overprovison-off": "advisory" })], "hpc-overprovision-off"],
    [[plan, "--exceptions", written("e.json", [])], "must come with --config or --environment"],
    [
      [plan, "--environment", "prod", "--exceptions", written("f.json", [{ rule: "st-tls12", resource: theScaleSet }])],
      "exceptions[0].owner: must say it in words",
    ],
    [[plan, "--output", path.join(folder, "no/such/folder")], "must be a file that can be written"],
    [[plan, "--nothing"], "--nothing"],
  ])("refuses %j", async (args, message) => {
    const { code, out, error } = await run(...args);
    expect([code, out]).toEqual([undefined, ""]);
    expect(String(error)).toContain(message);
    expect((error as Error).constructor.name).toBe("MisconfiguredError");
  });
});
