import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPlan } from "../../delivery/saved-plan";
import { readFiles, shipped } from "../deploy/github-files";
import { expand, shippedPipelines } from "../deploy/azure-pipelines";
import { gitlabJobs } from "../deploy/gitlab-jobs";
import { Clone, type Ended } from "./delivery";
import { engineSuite, lifeSuite, operationNames, smallVariant } from "./harness";

const subscription = "1f0e0d0c-0b0a-4908-8706-050403020100";
const stackFile = "stacks/Pulumi.dev.yaml";

/** Scripts of the job that brings a stack to a commit, by the names of their steps, as GitHub would run them. */
const scripts = new Map(
  readFiles(shipped)
    .filter(({ name }) => name === "deliver.yml")
    .flatMap(({ jobs }) => jobs["deliver"]?.steps ?? [])
    .flatMap(({ name = "", run }) => (run === undefined ? [] : [[name, run] as const])),
);

lifeSuite("the steps of deploy.yml for dev, on the real engine", () => {
  let clone: Clone;
  let server: Server;
  let job: Record<string, string>;

  beforeAll(async () => {
    server = createServer((_, answer) => void answer.end(JSON.stringify({ value: "token-of-the-job" })));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    clone = new Clone();
    const small = readFileSync(smallVariant(), "utf8");
    clone.write(
      stackFile,
      small.replace(/^( *)azure-native:location:/m, `$1azure-native:subscriptionId: ${subscription}\n$&`),
    );
    const made = await clone.run("pulumi", ["stack", "init", "dev"]);
    if (made.code !== 0) throw new Error(made.err);
    clone.commit("ben");
    job = {
      // What the workflow sets for the job, and GitHub for its steps.
      ...{ CLIENT_ID: "client", TENANT_ID: "2f0e0d0c-0b0a-4908-8706-050403020100", SUBSCRIPTION_ID: subscription },
      ...{ STATE_URL: `file://${clone.beside("state")}`, STACK: "dev", ALLOW_DESTROY: "", AFTER: "" },
      RUNNER_TEMP: clone.beside(""),
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-runner",
    };
  });
  afterAll(() => {
    server.close();
  });

  const step = (name: string, env: Record<string, string> = {}): Promise<Ended> => {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`deliver.yml has no step '${name}'`);
    return clone.run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], { ...job, ...env });
  };
  const changes = (): readonly string[] =>
    operationNames(clone.world.operations().filter(({ kind }) => kind !== "read"));

  it("plans with the token of the job, which stands nowhere", async () => {
    const { code, out, err } = await step("Plan");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toMatch(/token-of-the-job|of-the-runner/);
    const file = clone.beside("plan-dev.json");
    expect(readPlan(readFileSync(file, "utf8"), file)).toMatchObject({
      stack: "dev",
      subscriptionId: subscription,
      dirty: false,
    });
    expect(changes()).toEqual([]);
  });

  it("applies exactly that, and keeps the record", async () => {
    const { code } = await step("Apply exactly this plan");
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(clone.beside("record-dev.json"), "utf8"))).toMatchObject({
      result: "succeeded",
      stack: "dev",
    });
    expect(changes()).not.toEqual([]);
  });

  it("fails the job for a plan of another commit", async () => {
    clone.edit(stackFile, (text) => text.replace(/maxNodes: \d+/, "maxNodes: 3"));
    clone.commit("carla");
    const before = changes();
    const { code, err } = await step("Apply exactly this plan");
    expect(code).toBe(2);
    expect(err).toMatch(/commit: must be as planned/);
    expect(changes()).toEqual(before);
  });

  it("fails the job whose identity is for another subscription", async () => {
    const { code, err } = await step("Plan", { SUBSCRIPTION_ID: "3f0e0d0c-0b0a-4908-8706-050403020100" });
    expect(code).toBe(2);
    expect(err).toMatch(/azure-native:subscriptionId: must be the subscription that ARM_SUBSCRIPTION_ID is for/);
  });

  it("fails the job of a plan that takes the cluster away, until somebody wrote the stack's name into the run", async () => {
    clone.edit(stackFile, (text) =>
      text.replace(/^( *)azure-native:location: .*$/m, "$1azure-native:location: westus3"),
    );
    clone.commit("ben");
    expect((await step("Plan")).code).toBe(1);
    expect((await step("Plan", { ALLOW_DESTROY: "prod" })).code).toBe(1);
    expect((await step("Plan", { ALLOW_DESTROY: "dev" })).code).toBe(0);
  });
});

/** What another forge makes of its file for dev: the script of the job, and what it sets for it. */
interface OtherForge {
  readonly name: string;
  readonly script: string;
  /** Variables that the file itself sets; a name in `$(...)` is one that Azure DevOps fills in. */
  readonly sets: Readonly<Record<string, string>>;
  /** Variables that the forge sets, for a folder of the run and the address that gives tokens. */
  readonly gives: (folder: string, tokens: string) => Readonly<Record<string, string>>;
  readonly record: string;
}

interface AzureStep {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

function azureDevOps(): OtherForge {
  const { stages } = expand(shippedPipelines, "deploy.yml") as unknown as {
    stages: { stage: string; jobs: { strategy: { runOnce: { deploy: { steps: AzureStep[] } } } }[] }[];
  };
  const steps = stages.find(({ stage }) => stage === "dev")?.jobs[0]?.strategy.runOnce.deploy.steps ?? [];
  const step = steps.find(({ inputs }) => inputs?.["inlineScript"]?.includes("-s apply") === true);
  return {
    name: "Azure DevOps",
    script: step?.inputs?.["inlineScript"] ?? "",
    sets: step?.env ?? {},
    gives: (folder, tokens) => ({
      AGENT_TEMPDIRECTORY: folder,
      PIPELINE_WORKSPACE: folder,
      SYSTEM_OIDCREQUESTURI: tokens,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection",
    }),
    record: "record-dev.json",
  };
}

function gitLab(): OtherForge {
  const job = gitlabJobs().find(({ name }) => name === "deliver-dev");
  const [, exclude = ""] = job?.before_script ?? [];
  return {
    name: "GitLab",
    script: [exclude, ...(job?.script ?? [])].join("\n"),
    sets: job?.variables ?? {},
    gives: () => ({ AZURE_ID_TOKEN: "token-of-the-job", ALLOW_DESTROY: "" }),
    record: "clone/out/record-dev.json",
  };
}

engineSuite("the job for dev of", () => {
  it.each([azureDevOps(), gitLab()])(
    "$name plans, applies and keeps the record",
    async ({ script, sets, gives, record }) => {
      const tokens = createServer((_, answer) => void answer.end(JSON.stringify({ oidcToken: "token-of-the-job" })));
      await new Promise<void>((done) => tokens.listen(0, "127.0.0.1", done));
      try {
        const clone = new Clone();
        const small = readFileSync(smallVariant(), "utf8");
        clone.write(
          stackFile,
          small.replace(/^( *)azure-native:location:/m, `$1azure-native:subscriptionId: ${subscription}\n$&`),
        );
        expect((await clone.run("pulumi", ["stack", "init", "dev"])).code).toBe(0);
        clone.commit("ben");
        const outputs: Readonly<Record<string, string>> = {
          ...{
            DEPLOY_CLIENT_ID: "client",
            TENANT_ID: "2f0e0d0c-0b0a-4908-8706-050403020100",
            SUBSCRIPTION_ID: subscription,
          },
          ...{ STATE_URL: `file://${clone.beside("state")}`, "System.AccessToken": "of-the-build" },
        };
        const filled = Object.fromEntries(
          Object.entries(sets).map(([name, text]): [string, string] => [
            name,
            text.replace(/^\$\((.+)\)$/, (_, it: string) => outputs[it] ?? ""),
          ]),
        );
        const given = gives(clone.beside(""), `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/`);
        const env = { ...outputs, ...filled, ...given };
        const { code, err } = await clone.run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], env);
        expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
        expect(JSON.parse(readFileSync(clone.beside(record), "utf8"))).toMatchObject({
          result: "succeeded",
          stack: "dev",
        });
      } finally {
        tokens.close();
      }
    },
  );
});
