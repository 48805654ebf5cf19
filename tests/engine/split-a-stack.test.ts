import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findEngine } from "../../simulator/engine/engine";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { layerOf } from "../../stacks/config/sections";
import { root } from "../stack-files";
import { changesOf, edit, lifeSuite, type OpenRehearsal, openRehearsal, urnsOf, variantOf, watch } from "./harness";

/** The commands of the runbook in a block of its own, with dev in the place of prod. */
function commands(first: string): string {
  const text = readFileSync(path.join(root, "docs/runbooks/split-a-stack.md"), "utf8");
  const blocks = [...text.matchAll(/```bash\n([^]*?)```/g)].map((it) => it[1] ?? "");
  const found = blocks.find((it) => it.trimStart().startsWith(first));
  if (found === undefined) throw new Error(`No block of the runbook begins with ${first}.`);
  return found.replaceAll(/\bprod\b/g, "dev");
}

// As outside dev: volumes of teams are protected, and must be moved all the same.
const protectedFile = (change: (config: Record<string, unknown>) => Record<string, unknown>, name?: string): string =>
  variantOf("dev", (config) => change(edit(config, "environment", { protect: true })), name);

const only = (infra: boolean, config: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).filter(([key]) => {
      const layer = layerOf[key as keyof typeof layerOf] as string | null | undefined;
      return layer === undefined || layer === null || (layer === "infra") === infra;
    }),
  );

lifeSuite("the runbook that splits a stack", () => {
  let open: OpenRehearsal;
  let whole: RehearsedStack;

  const shell = (script: string): string => {
    const { folder } = open;
    const engine = path.dirname(findEngine()?.pulumi ?? "");
    return execFileSync("bash", ["-euo", "pipefail", "-c", script], {
      cwd: path.join(folder, "work"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${process.env["PATH"] ?? ""}${path.delimiter}${engine}`,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "rehearsal",
        PULUMI_SKIP_UPDATE_CHECK: "1",
      },
    });
  };

  beforeAll(async () => {
    open = openRehearsal();
    whole = open.rehearsal.use(protectedFile((it) => it));
    await whole.up();
  });

  afterAll(() => open.close());

  it("can be undone before any up", async () => {
    const before = await urnsOf(whole);
    shell(commands("pulumi stack export"));
    expect((await urnsOf(whole)).length).toBeLessThan(before.length);
    shell(commands("pulumi stack import"));
    expect(await urnsOf(whole)).toEqual(before);
    expect(changesOf(await whole.preview())).toEqual({});
  });

  it("moves the states, after which nothing is made anew but the way to the API server", async () => {
    shell(commands("pulumi stack export"));
    const infra = open.rehearsal.use(protectedFile((it) => ({ ...only(true, it), layers: ["infra"] })));
    const handover = "organization/azure-gpu-cluster/dev";
    const reading = { layers: ["platform", "tenants"], handover };
    const workloads = open.rehearsal.use(protectedFile((it) => ({ ...only(false, it), ...reading }), "dev-workloads"));

    const first = await watch(open.rehearsal, (options) => infra.up(options));
    expect([...first.steps].sort()).toEqual([
      "delete azure-gpu-cluster:cluster:KubernetesAccess aks",
      "delete pulumi:providers:kubernetes aks",
    ]);
    const second = await watch(open.rehearsal, (options) => workloads.up(options));
    expect(second.steps.filter((it) => !it.endsWith("providers:pulumi default")).sort()).toEqual([
      "create azure-gpu-cluster:cluster:KubernetesAccess aks",
      "create pulumi:providers:kubernetes aks",
      "delete pulumi:providers:kubernetes aks",
    ]);
    expect([...first.operations, ...second.operations]).toEqual([]);
    for (const stack of [infra, workloads]) expect(changesOf(await stack.up())).toEqual({});
    const { resources } = await workloads.state();
    const kept = resources?.filter((it) => it.protect === true && it.type === "azure-native:storage:BlobContainer");
    expect(kept).toHaveLength(2);
  });
});
