import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { secret } from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { afterAll, expect, it } from "vitest";

import { withAnswersFromState } from "../../simulator/rehearsal/cli";
import { describeWithEngine } from "../simulator/engine/with-engine";

describeWithEngine("withAnswersFromState", ({ pulumi }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "cli-"));
  const state = path.join(folder, "state");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A stack whose program only says something. */
  async function open(program: () => Promise<Record<string, unknown>>, fromState: boolean): Promise<Opened> {
    const bin = path.join(folder, "engine", "bin");
    for (const it of [bin, state]) mkdirSync(it, { recursive: true });
    rmSync(path.join(bin, "pulumi"), { force: true });
    symlinkSync(pulumi, path.join(bin, "pulumi"));
    const cli = await PulumiCommand.get({ root: path.dirname(bin) });
    const asked: string[] = [];
    const { run } = cli as unknown as { run: (args: string[], ...more: unknown[]) => Promise<unknown> };
    const pulumiCommand = Object.assign(cli, {
      run: async (args: string[], ...more: unknown[]) => {
        asked.push(args.slice(0, 2).join(" "));
        return run.call(cli, args, ...more);
      },
    });
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "organization/lab/one", projectName: "lab", program },
      {
        pulumiHome: path.join(folder, "home"),
        pulumiCommand: fromState ? withAnswersFromState(pulumiCommand, state) : pulumiCommand,
        envVars: {
          PULUMI_BACKEND_URL: `file://${state}`,
          PULUMI_CONFIG_PASSPHRASE: "lab",
          PULUMI_SKIP_UPDATE_CHECK: "1",
        },
      },
    );
    return { stack, asked };
  }

  it("says what the CLI says, without starting it", async () => {
    const said = { text: 'a "quoted" one', number: 1.5, list: [{ a: null }, true], nothing: {} };
    const { stack, asked } = await open(async () => Promise.resolve(said), true);
    const { outputs, summary } = await stack.up();
    expect(asked.filter((it) => /^stack (output|history)/.test(it))).toEqual([]);
    const { stack: plain } = await open(async () => Promise.resolve(said), false);
    expect(outputs).toEqual(await plain.outputs());
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(said).sort());
    const { kind, result, resourceChanges } = (await plain.info()) ?? {};
    expect(summary).toEqual({ kind, result, resourceChanges });
    expect(resourceChanges).toEqual({ create: 1 });
  });

  it("says what the last of several updates did", async () => {
    const { stack } = await open(async () => Promise.resolve({ text: "another" }), true);
    const { outputs, summary } = await stack.up();
    expect(outputs).toEqual({ text: { value: "another", secret: false } });
    expect(summary.resourceChanges).toEqual({ same: 1 });
    expect((await stack.destroy()).summary).toEqual({
      kind: "destroy",
      result: "succeeded",
      resourceChanges: { delete: 1 },
    });
    expect(await stack.outputs()).toEqual({});
  });

  it("leaves a secret to the CLI, which has the key", async () => {
    const { stack, asked } = await open(async () => Promise.resolve({ key: secret("hidden"), list: [1] }), true);
    const { outputs } = await stack.up();
    expect(asked.filter((it) => it === "stack output")).toHaveLength(2);
    expect(outputs["key"]).toEqual({ value: "hidden", secret: true });
  });
});

interface Opened {
  readonly stack: Stack;
  /** What the CLI was started for. */
  readonly asked: readonly string[];
}
