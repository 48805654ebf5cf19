import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { main } from "../../cli/dashboards";
import { type DashboardsCommand, importDashboards, type RunAz } from "../../cli/import-dashboards";
import { MisconfiguredError } from "../../core/problems";
import { AzureError } from "../../replacement/run-az";
import { plainStacks } from "../stack-files";
import { runHere } from "./run-here";

const folder = mkdtempSync(path.join(tmpdir(), "import-dashboards-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const subscription = "11111111-1111-4111-8111-111111111111";
const named = path.join(folder, "Pulumi.prod.yaml");
writeFileSync(
  named,
  readFileSync(plainStacks.prod, "utf8").replace(
    /^config:$/m,
    `config:\n  azure-native:subscriptionId: ${subscription}`,
  ),
);
const keys = ["cluster", "gpu", "fabric", "storage", "queue", "cost", "team"].map((it) => `dash-gpu-prod-${it}`);
/** Its name has digits of the subscription in it, which the file that ships does not say. */
const [unnamedWorkspace, namedWorkspace] = ["amg-gpu-prod-31dde7a1", "amg-gpu-prod-e92df6b2"];
const inGroup = "in rg-gpu-prod-eastus2";

const run = (file: string, more: Partial<DashboardsCommand>, az?: RunAz): ReturnType<typeof runHere> =>
  runHere(() => importDashboards(file, { environment: "prod", yes: false, keep: undefined, ...more }, az));

/** What an Azure CLI was asked, and the dashboards that it was given. */
function recorder(fails: (name: string) => boolean = () => false) {
  const calls: (readonly string[])[] = [];
  const given = new Map<string, { readonly title: string }>();
  const az: RunAz = (args) => {
    calls.push(args);
    const definition = args[args.indexOf("--definition") + 1]?.slice(1) ?? "";
    const name = path.basename(definition, ".json");
    given.set(name, JSON.parse(readFileSync(definition, "utf8")) as { readonly title: string });
    return fails(name) ? Promise.reject(new AzureError(`no right to write ${name}`)) : Promise.resolve();
  };
  return { calls, given, az };
}

describe("npm run dashboards", () => {
  it("says what it would import and where, and does nothing", async () => {
    const { calls, az } = recorder();
    const { code, out } = await run(plainStacks.prod, {}, az);
    expect({ code, calls, lines: out.trimEnd().split("\n") }).toEqual({
      code: 0,
      calls: [],
      lines: [
        `${unnamedWorkspace} ${inGroup}`,
        ...keys.map((it) => `  ${it}`),
        "Nothing was imported. Do it: npm run dashboards -- prod --yes",
      ],
    });
  });

  it("imports each over that of its name, by az, and leaves no file over", async () => {
    const { calls, given, az } = recorder();
    const { code, out } = await run(named, { yes: true }, az);
    expect({ code, lines: out.trimEnd().split("\n") }).toEqual({
      code: 0,
      lines: [`${namedWorkspace} ${inGroup}`, ...keys.map((it) => `  ${it}  imported`)],
    });
    const definitions = calls.map((args) => args[args.indexOf("--definition") + 1] ?? "");
    expect(calls).toEqual(
      definitions.map((definition) => [
        ...["grafana", "dashboard", "import", "--name", namedWorkspace, "--resource-group", "rg-gpu-prod-eastus2"],
        ...["--definition", definition, "--overwrite", "true", "--output", "none"],
      ]),
    );
    expect([...given].map(([name, { title }]) => `${name}: ${title}`)).toEqual([
      "dash-gpu-prod-cluster: Cluster (prod)",
      "dash-gpu-prod-gpu: GPUs (prod)",
      "dash-gpu-prod-fabric: InfiniBand (prod)",
      "dash-gpu-prod-storage: Storage (prod)",
      "dash-gpu-prod-queue: Queues (prod)",
      "dash-gpu-prod-cost: Cost and energy (prod)",
      "dash-gpu-prod-team: Team (prod)",
    ]);
    expect(JSON.stringify(given.get("dash-gpu-prod-storage"))).toContain(`"subscription":"${subscription}"`);
    expect(definitions.filter((it) => existsSync(it.slice(1)))).toEqual([]);
  });

  it("goes on after one that fails, tells what az said, and ends with 1", async () => {
    const { calls, az } = recorder((name) => name.endsWith("-gpu"));
    const { code, out } = await run(named, { yes: true }, az);
    expect({ code, calls: calls.length }).toEqual({ code: 1, calls: keys.length });
    expect(out).toContain("  dash-gpu-prod-gpu  failed: no right to write dash-gpu-prod-gpu\n");
    expect(out).toContain("  dash-gpu-prod-team  imported\n");
  });

  it("keeps the files where it is told to, without importing them", async () => {
    const keep = path.join(folder, "kept", "deep");
    const { code } = await run(named, { keep });
    expect({ code, files: readdirSync(keep) }).toEqual({ code: 0, files: keys.map((it) => `${it}.json`).toSorted() });
  });

  it("keeps them beside those of other environments, and in no folder with other things", async () => {
    const keep = mkdtempSync(path.join(folder, "shared-"));
    writeFileSync(path.join(keep, "dash-gpu-dev-cluster.json"), "{}");
    expect((await run(named, { keep })).code).toBe(0);
    expect(readdirSync(keep)).toHaveLength(keys.length + 1);
    writeFileSync(path.join(keep, "notes.txt"), "mine");
    const { error } = await run(named, { keep });
    expect(String(error)).toContain(
      "--keep: must be a new or empty folder, or one with dashboards of this command alone",
    );
    expect(String(error)).toContain("(it holds notes.txt)");
  });

  it.each([
    [
      "a stack that makes no cluster",
      plainStacks.bootstrap,
      {},
      ["environment: must have a stack that makes a cluster, in its file or in one that lies beside it"],
    ],
    [
      "an environment without the workspace, and without metrics",
      plainStacks.dev,
      {},
      [
        "azure-gpu-cluster:grafana: must be there: it makes the workspace. Write azure-gpu-cluster:grafana: {}, and run pulumi up",
        "azure-gpu-cluster:metrics: must make dashboards. Leave out dashboards: false; they are of GPU pools",
      ],
    ],
    [
      "dashboards that would name the stores of no subscription",
      plainStacks.prod,
      { yes: true },
      [
        "azure-native:subscriptionId: must be set: dashboards name stores by it. Write the subscription that up uses into the stack file",
      ],
    ],
  ] as const)("fails for %s", async (_, file, more, lines) => {
    const { calls, az } = recorder();
    const { error } = await run(file, more, az);
    expect(error).toBeInstanceOf(MisconfiguredError);
    expect(calls).toEqual([]);
    for (const line of lines) expect(String(error)).toContain(line);
  });

  it("runs the program az, and says how to get it where there is none", async () => {
    const bin = mkdtempSync(path.join(folder, "bin-"));
    vi.stubEnv("PATH", bin);
    const { error } = await run(named, { yes: true });
    expect(String(error)).toContain("az: must be a program on PATH. Install the Azure CLI, and log in with az login");
    const log = path.join(folder, "az.log");
    writeFileSync(
      path.join(bin, "az"),
      `#!/bin/sh\necho "$@" >> ${log}\ncase "$*" in *-queue.json*) echo "ERROR: Forbidden" >&2; exit 1;; esac\n`,
    );
    chmodSync(path.join(bin, "az"), 0o755);
    const { code, out } = await run(named, { yes: true });
    expect(code).toBe(1);
    expect(out).toContain("  dash-gpu-prod-queue  failed: az grafana dashboard import failed: ERROR: Forbidden\n");
    const asked = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(asked.map((it) => it.replace(/@\S*\//, "@"))).toEqual(
      keys.map(
        (it) =>
          `grafana dashboard import --name ${namedWorkspace} --resource-group rg-gpu-prod-eastus2 --definition @${it}.json --overwrite true --output none`,
      ),
    );
  });

  it("tells its arguments apart", async () => {
    expect((await runHere(() => main(["--help"]))).out).toContain("npm run dashboards -- ENVIRONMENT");
    await expect(main([])).rejects.toThrow("ENVIRONMENT must be given");
    await expect(main(["prod", "--dry-run"])).rejects.toThrow("npm run dashboards -- --help");
  });
});
