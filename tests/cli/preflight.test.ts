import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { main } from "../../cli/preflight";
import { preflightStack } from "../../cli/preflight-stack";
import { MisconfiguredError } from "../../core/problems";
import { LoginError } from "../../preflight/login-choice";
import { RecordedAzure, readRecording, token } from "../preflight/recorded-azure";
import { account, standInAz } from "../preflight/stand-in-az";
import { plainStacks, root } from "../stack-files";
import { runHere } from "./run-here";

let azure: RecordedAzure | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await azure?.stop();
  azure = undefined;
});

/** Variables by which somebody who runs the tests may be logged in. */
const noLogin = Object.fromEntries(
  Object.keys(process.env).flatMap((it) => (/^(ARM|AZURE)_/.test(it) ? [[it, ""]] : [])),
);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command in a process of its own that can reach the recorded Azure and nothing else. */
function start(args: readonly string[], az: string): Started {
  return startCommand(["cli/preflight.ts", ...args], az);
}

/** Starts a command so, and says when it has ended how many seconds of processors it took. */
function startMeasured(args: readonly string[], az: string): Started & { readonly usage: () => number } {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "usage-")), "usage.json");
  return {
    ...startCommand(["--require", "./tests/cli/usage.cjs", ...args], az, { USAGE_FILE: file }),
    usage: () => {
      const { userCPUTime, systemCPUTime } = JSON.parse(readFileSync(file, "utf8")) as NodeJS.ResourceUsage;
      return (userCPUTime + systemCPUTime) / 1e6;
    },
  };
}

function startCommand(args: readonly string[], az: string, more: Readonly<Record<string, string>> = {}): Started {
  const preload = path.join(root, "tests/preflight/only-here.cjs");
  const child = spawn(process.execPath, ["--require", "./cli/start.cjs", "--require", preload, ...args], {
    cwd: root,
    env: {
      ...process.env,
      ...noLogin,
      ...more,
      PATH: `${az}:/usr/bin:/bin`,
      RECORDED_AZURE_PORT: String(azure?.port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]: [unknown[], string, string]) => ({ code: code as number | null, out, err }),
  );
  return { child, ended };
}

describe("in a process of its own", () => {
  it("asks all of prod with the login of az, prints a table and no token, and opens no other connection", async () => {
    azure = await RecordedAzure.start(readRecording("healthy"));
    const { code, out, err } = await start(["prod"], standInAz({ account })).ended;
    expect(azure.faults).toEqual([]);
    expect({ code, heading: out.split("\n").slice(0, 3), end: out.split("\n").slice(-2) }).toEqual({
      code: 0,
      heading: [
        "prod in eastus2, asked of subscription 99999999-9999-4999-8999-999999999999",
        "",
        expect.stringMatching(/^Verdict +Check +Subject +Needed +There$/) as unknown,
      ],
      end: [expect.stringMatching(/^\d+ there, 1 to look at$/) as unknown, ""],
    });
    expect(azure.asked.length).toBeGreaterThan(50);
    // Nothing of a table is coloured where nobody looks, and progress goes elsewhere.
    expect(out).not.toContain("\u001b");
    expect(err).toContain("s  vCPU quota: ok\n");
    expect(out + err).not.toContain(token);
  });

  // 3 s is what a preflight of prod may take on a machine that does nothing else, where a preview of it takes half of that. Both are compared
  // by the time of processors: what else a machine does adds little to it.
  it("takes less than twice what the preview takes that it is made of", async () => {
    azure = await RecordedAzure.start(readRecording("healthy"));
    const { ended, usage } = startMeasured(["cli/preflight.ts", "prod"], standInAz({ account }));
    expect((await ended).code).toBe(0);
    const preview = startMeasured(["cli/preview.ts", "prod"], "/nowhere");
    expect((await preview.ended).code).toBe(0);
    // 1.1 to 1.4 when this was written.
    expect(usage() / preview.usage()).toBeLessThan(2);
  });

  it("ends with 130 on Ctrl-C, and tells what it knew by then", async () => {
    const [hanging] = [
      { name: "sizes", request: "GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus" },
    ];
    azure = await RecordedAzure.start({ title: "", answers: [{ ...hanging, example: "none", hangs: true }] });
    const { child, ended } = start([plainStacks.dev], standInAz({ account }));
    let said = "";
    child.stderr?.on("data", (it: Buffer) => {
      said += it.toString();
      // The last of the checks that can end. Once: a second signal would meet a process that is ending, and end it by itself.
      if (!child.killed && /names: ok/.test(said) && /Azure Policy: ok/.test(said)) child.kill("SIGINT");
    });
    const { code, out } = await ended;
    expect(code).toBe(130);
    expect(out).toMatch(/unknown +sizes +Standard_ND96isr_H100_v5 .*could not be asked: it was stopped/);
    expect(out).toMatch(/ok +vCPU quota +standardNDSH100v5Family /);
  });
});

describe("no login", () => {
  const command = { environment: "dev", subscription: null, form: "text" } as const;
  const failed = async (az: string, variables: Readonly<Record<string, string>> = {}): Promise<string> => {
    for (const [name, value] of Object.entries({ ...noLogin, ...variables })) vi.stubEnv(name, value);
    vi.stubEnv("PATH", `${az}:/usr/bin:/bin`);
    const { error, out } = await runHere(() => preflightStack(plainStacks.dev, command));
    expect([out, error]).toEqual(["", expect.any(LoginError)]);
    return (error as LoginError).message;
  };

  it("is told with what to do", async () => {
    const az = standInAz({ account: 'ERROR: Please run "az login" to setup account.' });
    expect(await failed(az)).toBe('az account show failed: ERROR: Please run "az login" to setup account.');
  });

  it("as long as az is not there, too", async () => {
    expect(await failed("/nowhere")).toBe("az is not on PATH: install the Azure CLI, and log in with az login");
  });

  it("that has ended is told in the words of Entra ID", async () => {
    const ended = "ERROR: AADSTS700082: The refresh token has expired due to inactivity.";
    expect(await failed(standInAz({ account, token: ended }))).toBe(
      `Not logged in: ${ended}\nLog in with az login, with --tenant where the subscription is another tenant's.`,
    );
  });

  it("to the cloud of the environment is told", async () => {
    const elsewhere = { ...account, environmentName: "AzureUSGovernment" };
    expect(await failed(standInAz({ account: elsewhere }))).toBe(
      "az is logged in to AzureUSGovernment, and the environment is in AzureCloud: az cloud set --name AzureCloud, then az login",
    );
  });

  it("of an az that answers in another form than JSON is told", async () => {
    const az = standInAz({ account });
    writeFileSync(path.join(az, "az"), "#!/bin/sh\necho a newer version is there\n");
    expect(await failed(az)).toBe("az account show answers in another form than JSON: run it to see what it prints");
  });

  it("to a cloud that has not the region is told", async () => {
    expect(await failed(standInAz({ account }), { ARM_ENVIRONMENT: "usgovernment" })).toBe(
      "The region eastus is of the cloud public, and ARM_ENVIRONMENT or AZURE_ENVIRONMENT says usgovernment: unset it",
    );
  });

  it("by an ID that is none is told", async () => {
    expect(await failed(standInAz({ account }), { ARM_SUBSCRIPTION_ID: "not-a-guid" })).toBe(
      'azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID) must be a UUID, and not all zeros; got "not-a-guid"',
    );
  });
});

describe("arguments that contradict themselves", () => {
  it.each([
    [["dev", "--json", "--junit"], "arguments: --json and --junit are two forms of one output: choose one"],
    [
      ["dev", "--subscription", "mine"],
      "arguments: --subscription must be a UUID, as az account list prints it; got mine",
    ],
    [[], "arguments: ENVIRONMENT must be given"],
  ])("%j", async (args, said) => {
    const { error, out } = await runHere(() => main(args));
    expect([out, error]).toEqual(["", expect.any(MisconfiguredError)]);
    expect((error as MisconfiguredError).message).toContain(`  ${said}. npm run preflight -- --help`);
  });
});

it("prints its help without planning anything", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect([code, out.includes("nothing is written, bought or registered")]).toEqual([0, true]);
});

describe("a bad stack file", () => {
  it("is told before any login", async () => {
    vi.stubEnv("PATH", "/nowhere");
    const { error } = await runHere(() => main(["tests/preflight/stacks/Pulumi.nowhere.yaml"]));
    expect(error).toBeInstanceOf(MisconfiguredError);
  });
});
