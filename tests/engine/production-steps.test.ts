import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signApproval } from "../../delivery/approval";
import { readPlan, type SavedPlan } from "../../delivery/saved-plan";
import { expand, shippedPipelines } from "../deploy/azure-pipelines";
import { readFiles, shipped } from "../deploy/github-files";
import { gitlabJobs } from "../deploy/gitlab-jobs";
import { Clone, type Ended } from "./delivery";
import { lifeSuite, operationNames, variantOf } from "./harness";

type Variables = Readonly<Record<string, string>>;

/** A script of a forge's file with what the file sets for it; a value in `$(...)` is one that Azure DevOps fills in. */
interface Script {
  readonly text: string;
  readonly sets: Variables;
}
/** What a forge makes of its files for production. */
interface Forge {
  readonly name: string;
  readonly plan: Script;
  /** Scripts of the job that applies, in their order. */
  readonly apply: readonly Script[];
  /** Variables that it sets, for a folder of the run, the address of its API, and who started it. */
  readonly gives: (folder: string, api: string) => Variables;
  /** Where the scripts find the plan and the verification; the second is `null` where they fetch it. */
  readonly planned: readonly [made: string, taken: string];
  readonly after: string | null;
}

const subscription = "1f0e0d0c-0b0a-4908-8706-050403020100";
const [stagingFile, prodFile] = ["stacks/Pulumi.staging.yaml", "stacks/Pulumi.prod.yaml"] as const;

function github(): Forge & { readonly staging: readonly Script[] } {
  const steps = (file: string, job: string, ...names: string[]): Script[] => {
    const all = readFiles(shipped).find(({ name }) => name === file)?.jobs[job]?.steps ?? [];
    return names.map((name) => ({ text: all.find((it) => it.name === name)?.run ?? "", sets: {} }));
  };
  const [plan = { text: "", sets: {} }] = steps("plan.yml", "plan", "Plan");
  return {
    name: "GitHub",
    plan,
    staging: steps("deliver.yml", "deliver", "Plan", "Apply exactly this plan"),
    apply: steps("production.yml", "apply", "The commit of the plan, which main must hold", "Apply exactly this plan"),
    gives: (folder, api) => ({
      ...{ RUNNER_TEMP: folder, GITHUB_OUTPUT: path.join(folder, "output") },
      ...{ GITHUB_ACTIONS: "true", GITHUB_ACTOR: "ben" },
      ...{ ACTIONS_ID_TOKEN_REQUEST_URL: `${api}/?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-runner" },
    }),
    planned: ["plan-prod.json", "plan/plan-prod.json"],
    after: "after/verification-staging.json",
  };
}

function azureDevOps(): Forge {
  interface Step {
    readonly bash?: string;
    readonly inputs?: Variables;
    readonly env?: Variables;
  }
  interface Job {
    readonly steps?: Step[];
    readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: Step[] } } };
  }
  const scriptsOf = (file: string, stage: string, given: Variables): Script[] => {
    const { stages } = expand(shippedPipelines, file, given) as unknown as {
      readonly stages: readonly { readonly stage: string; readonly jobs: readonly Job[] }[];
    };
    const [job] = stages.find((it) => it.stage === stage)?.jobs ?? [];
    return (job?.steps ?? job?.strategy?.runOnce.deploy.steps ?? [])
      .map(({ bash, inputs, env }) => ({ text: inputs?.["inlineScript"] ?? bash ?? "", sets: env ?? {} }))
      .filter(({ text }) => /npm run -s (plan|apply) |merge-base/.test(text));
  };
  const [plan = { text: "", sets: {} }] = scriptsOf("deploy.yml", "plan_prod", {});
  const given = { stack: "prod", planPipeline: "1", planRun: "2", deployPipeline: "1", verificationRun: "2" };
  return {
    name: "Azure DevOps",
    plan,
    apply: scriptsOf("production.yml", "apply", { ...given, approval: "$(APPROVAL)" }),
    gives: (folder, api) => ({
      ...{ AGENT_TEMPDIRECTORY: folder, PIPELINE_WORKSPACE: folder, SYSTEM_OIDCREQUESTURI: `${api}/` },
      ...{ AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection" },
      ...{ TF_BUILD: "True", BUILD_REQUESTEDFOREMAIL: "ben@example.com" },
    }),
    planned: ["plan-prod.json", "plan/plan-prod.json"],
    after: "after/verification-staging.json",
  };
}

function gitLab(): Forge {
  const scriptOf = (wanted: string): Script => {
    const job = gitlabJobs().find(({ name }) => name === wanted);
    const [, exclude = ""] = job?.before_script ?? [];
    return { text: [exclude, ...(job?.script ?? [])].join("\n"), sets: job?.variables ?? {} };
  };
  return {
    name: "GitLab",
    plan: scriptOf("plan-production"),
    apply: [scriptOf("apply-production")],
    gives: (_, api) => ({
      ...{ AZURE_ID_TOKEN: "token-of-the-job", CI_API_V4_URL: api, CI_PROJECT_ID: "1", CI_JOB_TOKEN: "of-the-job" },
      ...{ GITLAB_CI: "true", GITLAB_USER_LOGIN: "ben" },
    }),
    planned: ["clone/out/plan-prod.json", "clone/out/plan-prod.json"],
    after: null,
  };
}

lifeSuite("the way to production through the files of the forges, on the real engine", () => {
  let clone: Clone;
  let server: Server;
  let api = "";
  /** What the verification of staging said: what a forge is given as an artifact. */
  let verified: object = {};
  const hub = github();

  const verification = (kind: string, commit: string, exitCode = 0): object => ({
    ...{ kind, commit, ended: new Date().toISOString(), whole: true, exitCode, results: [] },
  });
  const put = (file: string, value: object | string): void => {
    mkdirSync(path.dirname(clone.beside(file)), { recursive: true });
    writeFileSync(clone.beside(file), typeof value === "string" ? value : JSON.stringify(value));
  };
  const commit = (who: string): string => {
    const at = clone.commit(who);
    execFileSync("git", ["update-ref", "refs/remotes/origin/main", at], { cwd: clone.beside("clone") });
    return at;
  };
  const run = async (forge: Forge, scripts: readonly Script[], more: Variables): Promise<Ended> => {
    const outputs: Variables = {
      ...{ CLIENT_ID: "client", PLAN_CLIENT_ID: "client", DEPLOY_CLIENT_ID: "client", SUBSCRIPTION_ID: subscription },
      ...{ TENANT_ID: "2f0e0d0c-0b0a-4908-8706-050403020100", STATE_URL: `file://${clone.beside("state")}` },
      ...{ ALLOW_DESTROY: "", "System.AccessToken": "of-the-build", ...more },
    };
    let ended: Ended = { code: null, out: "", err: "no script" };
    for (const { text, sets } of scripts) {
      const filled = Object.entries(sets).map(([name, it]) => [
        name,
        it.replace(/^\$\((.+)\)$/, (_, key: string) => outputs[key] ?? ""),
      ]);
      const env = { ...outputs, ...(Object.fromEntries(filled) as Variables), ...forge.gives(clone.beside(""), api) };
      ended = await clone.run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", text], env);
      if (ended.code !== 0) return ended;
    }
    return ended;
  };
  const plan = async (forge: Forge): Promise<SavedPlan> => {
    const { code, err } = await run(forge, [forge.plan], { STACK: "prod" });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [made, taken] = forge.planned.map((it) => clone.beside(it)) as [string, string];
    const text = readFileSync(made, "utf8");
    put(forge.planned[1], text);
    return readPlan(text, taken);
  };
  const apply = async (forge: Forge, approval: string): Promise<Ended> => {
    if (forge.after !== null) put(forge.after, verified);
    return run(forge, forge.apply, { STACK: "prod", APPROVAL: approval });
  };
  const sign = async (it: SavedPlan, who = "anna"): Promise<string> => {
    const expires = new Date(Date.now() + 60_000 * 60);
    return JSON.stringify(await signApproval(it, { approver: `${who}@example.com`, key: clone.beside(who), expires }));
  };
  const changes = (): readonly string[] =>
    operationNames(clone.world.operations().filter(({ kind }) => kind !== "read"));
  /** That a job fails for this reason, with nothing changed. */
  const refused = async (act: () => Promise<Ended>, why: RegExp): Promise<void> => {
    const before = changes();
    const { code, err } = await act();
    expect(err).toMatch(why);
    expect({ code, changed: changes().slice(before.length) }).toEqual({ code: 2, changed: [] });
  };

  beforeAll(async () => {
    server = createServer(({ url = "" }, answer) => {
      const token = { value: "token-of-the-job", oidcToken: "token-of-the-job" };
      answer.end(JSON.stringify(url.includes("/jobs/artifacts/staging/raw/") ? verified : token));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    clone = new Clone();
    for (const it of ["anna", "ben"])
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", clone.beside(it)]);
    const line = (who: string): string => {
      const names = [`${who}@example.com`, `github:${who}`, `azure-devops:${who}@example.com`, `gitlab:${who}`];
      return `${names.join(",")} ${readFileSync(clone.beside(`${who}.pub`), "utf8")}`;
    };
    clone.write("deploy/approvers", line("anna") + line("ben"));
    for (const [name, file] of [["staging", stagingFile] as const, ["prod", prodFile] as const]) {
      const small = variantOf(name, ({ network, cluster, gpuPools, environment, auditTrail, ...rest }) => ({
        ...{ "azure-native:location": rest["azure-native:location"], "azure-native:subscriptionId": subscription },
        ...{ "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"] },
        ...{ environment, network, cluster, gpuPools, auditTrail, layers: ["infra"] },
      }));
      clone.write(file, readFileSync(small, "utf8"));
      const made = await clone.run("pulumi", ["stack", "init", name]);
      if (made.code !== 0) throw new Error(made.err);
    }
    verified = verification("staging", commit("ben"));
  });
  afterAll(() => {
    server.close();
  });

  it("brings staging to the commit with which dev was verified, and to no other", async () => {
    const { commit: at } = verified as { readonly commit: string };
    const staging = { STACK: "staging", AFTER: "dev" };
    const [planning, applying] = hub.staging;
    if (planning === undefined || applying === undefined) throw new Error("deliver.yml lacks a step");
    expect(await run(hub, [planning], staging)).toMatchObject({ code: 0, err: "" });
    const step = (report: object): Promise<Ended> => {
      put("after/verification-dev.json", report);
      return run(hub, [applying], staging);
    };
    await refused(
      () => run(hub, [applying], { STACK: "staging", AFTER: "" }),
      /--after: must be the verification of dev/,
    );
    await refused(() => step(verification("dev", "0".repeat(40))), /after\.commit: must be that of the plan/);
    await refused(() => step(verification("dev", at, 1)), /after\.exitCode: must be 0/);
    expect((await step(verification("dev", at))).code).toBe(0);
    expect(JSON.parse(readFileSync(clone.beside("record-staging.json"), "utf8"))).toMatchObject({
      result: "succeeded",
    });
  });

  describe("on GitHub", () => {
    let planned: SavedPlan;
    beforeAll(async () => {
      planned = await plan(hub);
      expect(planned.makers).toEqual(["ben@example.com", "github:ben"]);
    });

    it.each([
      [
        "without an approval",
        () => Promise.resolve(""),
        /approval\.json\.file: must be what npm run approve .* wrote, and is empty/,
      ],
      [
        "with that of the author",
        () => sign(planned, "ben"),
        /must have made nothing of what is applied, and made it as/,
      ],
      [
        "with that of another plan",
        () => sign({ ...planned, hash: "0".repeat(64) }),
        /plan: must be the hash of this plan/,
      ],
    ] as const)("applies nothing %s", async (_, approval, why) => {
      const signed = await approval();
      await refused(() => apply(hub, signed), why);
    });

    it.each([
      ["of another commit", () => verification("staging", "0".repeat(40)), /after\.commit: must be that of the plan/],
      ["that failed", () => verification("staging", planned.commit, 1), /after\.exitCode: must be 0/],
      ["of another environment", () => verification("dev", planned.commit), /after\.kind: must be staging/],
    ] as const)("applies nothing after a verification %s", async (_, report, why) => {
      const good = verified;
      verified = report();
      const signed = await sign(planned);
      await refused(() => apply(hub, signed), why);
      verified = good;
    });

    it("applies the plan that somebody else approved by the command, and records whom", async () => {
      const args = [
        "--plan",
        clone.beside("plan-prod.json"),
        "--as",
        "anna@example.com",
        "--key",
        clone.beside("anna"),
      ];
      const signed = await clone.run("npm", ["run", "-s", "approve", "--", "prod", ...args]);
      const { code, err } = await apply(hub, signed.out);
      expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
      expect(JSON.parse(readFileSync(clone.beside("record-prod.json"), "utf8"))).toMatchObject({
        ...{ result: "succeeded", plan: planned.hash, approvers: ["anna@example.com"], commit: planned.commit },
      });
    });
  });

  it.each([
    { ...azureDevOps(), nodes: 17 },
    { ...gitLab(), nodes: 18 },
  ])("applies what is next on $name, and not without an approval", async ({ nodes, ...forge }) => {
    clone.edit(prodFile, (text) => text.replace(/\bnodes: 1\d\b/, `nodes: ${nodes}`));
    verified = verification("staging", commit("ben"));
    const planned = await plan(forge);
    expect(planned.steps.map(({ op }) => op)).toEqual(["update"]);
    await refused(() => apply(forge, ""), /approval\.json\.file: must be what npm run approve .* wrote, and is empty/);
    await refused(async () => apply(forge, await sign(planned, "ben")), /must have made nothing of what is applied/);
    const { code, err } = await apply(forge, await sign(planned));
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  });
});
