import { describe, expect, it } from "vitest";
import { expand, shippedPipelines } from "./azure-pipelines";
import type { Texts } from "./github-files";

interface Step {
  readonly checkout?: string;
  readonly persistCredentials?: string;
  readonly bash?: string;
  readonly task?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly publish?: string;
  readonly condition?: string;
}
interface Job {
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly timeoutInMinutes?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } } };
}
interface Stage {
  readonly stage: string;
  readonly condition?: string;
  readonly dependsOn?: string | readonly string[];
  readonly pool?: Pool;
  readonly jobs: readonly Job[];
}
interface Pool {
  readonly name?: string;
}
interface Pipeline {
  readonly pool?: Pool;
  readonly trigger?: unknown;
  readonly pr?: unknown;
  readonly lockBehavior?: string;
  readonly stages: readonly Stage[];
}
interface Found extends Job {
  readonly at: string;
  readonly file: string;
  readonly pipeline: Pipeline;
  readonly stage: Stage;
  readonly list: readonly Step[];
  readonly scripts: readonly string[];
}

const production = { planPipeline: "1", planRun: "2", deployPipeline: "1", verificationRun: "3", approval: "{}" };
const runs: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["preview.yml", {}],
  ["deploy.yml", {}],
  ["drift.yml", {}],
  ["recover.yml", { environment: "staging", stack: "staging-workloads" }],
  ["recover.yml", { environment: "prod", stack: "prod" }],
  ["production.yml", { ...production, stack: "prod" }],
  ["production.yml", { ...production, stack: "prod-workloads" }],
];
const scriptOf = ({ bash, inputs }: Step): string => bash ?? inputs?.["inlineScript"] ?? "";

function jobsOf(texts: Texts): Found[] {
  return runs.flatMap(([file, given]) => {
    const pipeline = expand(texts, file, given) as unknown as Pipeline;
    return pipeline.stages.flatMap((stage) =>
      stage.jobs.map((job) => {
        const list = job.steps ?? job.strategy?.runOnce.deploy.steps ?? [];
        const at = `${file}: ${stage.stage}/${job.job ?? job.deployment ?? ""}`;
        return { ...job, at, file, pipeline, stage, list, scripts: list.map(scriptOf).filter((it) => it !== "") };
      }),
    );
  });
}

const at = (found: readonly Found[]): string[] => found.map((it) => it.at);
const runsCommand = ({ scripts }: Found, command: string): boolean =>
  scripts.some((it) => it.includes(`npm run -s ${command} `));
const applies = (job: Found): boolean => runsCommand(job, "apply");
const logins = ({ list }: Found): Step[] => list.filter((it) => scriptOf(it).includes("deploy/azure-run"));

interface Check {
  readonly name: string;
  readonly faults: (jobs: readonly Found[], texts: Texts) => readonly string[];
  readonly broken: readonly [file: string, from: string, to: string];
}

const checks: readonly Check[] = [
  {
    name: "G1: no key, and an identity for looking beside one for changing",
    faults: (jobs) =>
      jobs.flatMap((job) =>
        logins(job)
          .filter(({ inputs, env }) => {
            const reads = inputs?.["azureSubscription"]?.startsWith("plan-") === true;
            return env?.["CLIENT_ID"] !== (reads ? "$(PLAN_CLIENT_ID)" : "$(DEPLOY_CLIENT_ID)");
          })
          .map(() => job.at),
      ),
    broken: ["templates/plan.yml", "$(PLAN_CLIENT_ID)", "$(DEPLOY_CLIENT_ID)"],
  },
  {
    name: "G2, S5: whoever logs in names a service connection of the environment; whoever deploys is in the environment, whose checks hold it",
    faults: (jobs) =>
      at(
        jobs.filter((job) =>
          logins(job).some(({ task, inputs }) => {
            const connection = inputs?.["azureSubscription"] ?? "";
            const deploys = connection.startsWith("deploy-");
            return (
              task !== "AzureCLI@2" ||
              (deploys ? connection !== `deploy-${job.environment ?? ""}` : !connection.startsWith("plan-"))
            );
          }),
        ),
      ),
    broken: [
      "templates/deliver.yml",
      "azureSubscription: deploy-${{ parameters.environment }}",
      "azureSubscription: deploy-prod",
    ],
  },
  {
    name: "G3, G4: what reaches Azure runs by azure-run, with the token by which it asks for more",
    faults: (jobs) =>
      jobs.flatMap((job) =>
        job.list
          .filter((it) => /npm run -s (plan|apply|verify|drift|recover)\b/.test(scriptOf(it)))
          .filter(
            (it) =>
              !scriptOf(it).includes("deploy/azure-run npm run") ||
              it.env?.["SYSTEM_ACCESSTOKEN"] !== "$(System.AccessToken)",
          )
          .map(() => job.at),
      ),
    broken: ["drift.yml", "deploy/azure-run npm", "npm"],
  },
  {
    name: "G5, S1: nothing of a fork runs with a service connection or a token",
    faults: (jobs) =>
      at(
        jobs.filter(
          ({ file, list, stage }) =>
            file === "preview.yml" &&
            list.some(
              (it) => it.inputs?.["azureSubscription"] !== undefined || it.env?.["SYSTEM_ACCESSTOKEN"] !== undefined,
            ) &&
            stage.condition?.includes("ne(variables['System.PullRequest.IsFork'], 'True')") !== true,
        ),
      ),
    broken: [
      "preview.yml",
      "condition: and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))",
      "condition: succeeded()",
    ],
  },
  {
    name: "G6: unreviewed code plans dev and staging alone",
    faults: (jobs) =>
      jobs
        .filter(({ file }) => file === "preview.yml")
        .flatMap(logins)
        .map(({ inputs }) => inputs?.["azureSubscription"] ?? "")
        .filter((it) => !["plan-dev", "plan-staging"].includes(it)),
    broken: ["preview.yml", "split('dev,staging', ',')", "split('dev,staging,prod', ',')"],
  },
  {
    name: "S30: what has rights runs on machines of your own, which alone reach the state",
    faults: (jobs) =>
      at(
        jobs.filter(
          (job) => logins(job).length > 0 && (job.stage.pool ?? job.pipeline.pool ?? {}).name !== "pipelines",
        ),
      ),
    broken: ["preview.yml", "pool: { name: pipelines }", ""],
  },
  {
    name: "G7, S15: one run after the other, and none is dropped",
    faults: (jobs) =>
      at(
        jobs.filter(
          (job) => (applies(job) || runsCommand(job, "recover")) && job.pipeline.lockBehavior !== "sequential",
        ),
      ),
    broken: ["deploy.yml", "lockBehavior: sequential", "lockBehavior: runLatest"],
  },
  {
    name: "G8: every job ends; one that applies has longer than any resource, and hears of a signal",
    faults: (jobs) => [
      ...at(jobs.filter((job) => !(Number(job.timeoutInMinutes) > (applies(job) ? 480 : 0)))),
      ...at(
        jobs.filter((job) =>
          job.scripts.some((it) => it.includes("-s apply") && !it.includes("exec deploy/azure-run npm run -s apply")),
        ),
      ),
    ],
    broken: ["templates/deliver.yml", "timeoutInMinutes: 600", "timeoutInMinutes: 60"],
  },
  {
    name: "G9, G14, S6: no step runs an engine of its own, refreshes or switches policies off",
    faults: (_, texts) =>
      Object.entries(texts)
        .filter(([, text]) =>
          /Pulumi@|pulumi (up|preview|destroy|refresh)|PULUMI_OPTION|skip-preview|refresh/.test(text),
        )
        .map(([name]) => name),
    broken: ["templates/deliver.yml", 'npm run -s apply -- "$STACK"', 'pulumi up --stack "$STACK"'],
  },
  {
    name: "G10, S16: data or a cluster goes by a parameter alone, whose default is nobody",
    faults: (jobs) => at(jobs.filter(({ list }) => list.some((it) => (it.env?.["ALLOW_DESTROY"] ?? "") !== ""))),
    broken: ["deploy.yml", 'default: " "', "default: dev"],
  },
  {
    name: "G12, G21: what is applied is a file, and a record is kept however it ends",
    faults: (jobs) =>
      at(
        jobs.filter(
          (job) =>
            applies(job) &&
            !(
              job.scripts.some((it) =>
                /-s apply -- "\$STACK" --plan "\S+\/plan-\$STACK\.json" --record "\S+\/record-\$STACK\.json"/.test(it),
              ) && job.list.some((it) => it.publish?.includes("/record-") === true && it.condition === "always()")
            ),
        ),
      ),
    broken: ["templates/deliver.yml", "condition: always() # G21: however it ended", "condition: succeeded()"],
  },
  {
    name: "G15: one version of Node and of each task",
    faults: (jobs) =>
      jobs.flatMap(({ at: where, list }) =>
        list
          .filter(
            ({ task = "a@1", inputs }) =>
              !/@\d+$/.test(task) ||
              (task.startsWith("NodeTool") && !/^\d+\.\d+\.\d+$/.test(inputs?.["versionSpec"] ?? "")),
          )
          .map(() => where),
      ),
    broken: ["templates/tools.yml", "22.23.3", "22.x"],
  },
  {
    name: "G16, S4: no script of a package runs",
    faults: (jobs) =>
      at(jobs.filter(({ scripts }) => scripts.some((it) => /npm (ci|install)(?! --ignore-scripts)/.test(it)))),
    broken: ["preview.yml", "npm ci --ignore-scripts", "npm ci"],
  },
  {
    name: "G18: no token stays on the disk",
    faults: (jobs) =>
      at(jobs.filter(({ list }) => list.some((it) => it.checkout !== undefined && it.persistCredentials !== "false"))),
    broken: ["templates/prepare.yml", "persistCredentials: false", "persistCredentials: true"],
  },
  {
    name: "G19: who may write to the pull request runs the code of main",
    faults: (jobs) =>
      at(
        jobs.filter(({ scripts }) => {
          const comment = scripts.findIndex((it) => it.includes("-s comment"));
          const main = scripts.findIndex((it) => it === "git checkout --quiet --detach origin/main");
          return comment !== -1 && !(main !== -1 && main < comment);
        }),
      ),
    broken: ["preview.yml", "--detach origin/main", "--detach HEAD"],
  },
  {
    name: "G19, S27: what writes a work item is apart from what looks at Azure, and of main",
    faults: (jobs) => [
      ...at(
        jobs.filter(
          (job) =>
            runsCommand(job, "issue") &&
            (job.list.some((it) => it.inputs?.["azureSubscription"] !== undefined) ||
              job.stage.condition?.includes("eq(variables['Build.SourceBranch'], 'refs/heads/main')") !== true),
        ),
      ),
      ...(jobs.some((job) => runsCommand(job, "issue")) ? [] : ["no pipeline keeps a work item"]),
    ],
    broken: [
      "drift.yml",
      "'Failed'), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
      "'Failed'), eq('a', 'a'))",
    ],
  },
  {
    name: "S15: whoever recovers a stack does it in the environment, and says by its name what is to be done",
    faults: (jobs) => {
      const found = jobs.filter((job) => runsCommand(job, "recover"));
      return [
        ...at(found.filter((it) => it.deployment === undefined || it.stage.stage !== "recover")),
        // Who writes nothing only looks.
        ...at(
          found.filter(({ list }) =>
            list.some((it) => `${it.env?.["CANCEL"] ?? ""}${it.env?.["SETTLE"] ?? ""}` !== ""),
          ),
        ),
        ...found.flatMap((job) =>
          ["CANCEL", "SETTLE"]
            .filter(
              (name) =>
                !job.list.some(
                  (it) =>
                    it.env?.[name] !== undefined &&
                    scriptOf(it).includes(`words+=(--${name.toLowerCase()} "$${name}")`),
                ),
            )
            .map((name) => `${job.at} ${name}`),
        ),
        ...(found.length === 2 ? [] : [`${found.length} jobs recover`]),
      ];
    },
    broken: ["recover.yml", "SETTLE: ${{ trim(parameters.settle) }}", "SETTLE: ${{ parameters.stack }}"],
  },
  {
    name: "G19, S32: nothing that somebody may write stands in a script",
    faults: (_, texts) =>
      Object.entries(texts).flatMap(([name, text]) =>
        [
          ...text.matchAll(
            /(?:inlineScript|bash|script): (?:\|\n((?:\s{6,}.*\n)*?)(?=\s*(?:env|displayName|- )\b)|(.*))/g,
          ),
        ]
          .map(([, block = "", line = ""]) => block + line)
          .filter((it) => /\$\{\{|\$\([A-Z][\w.]+\)/.test(it.replaceAll(/\$\((?:jq|cat|git) /g, "")))
          .map((it) => `${name}: ${it}`),
      ),
    broken: ["production.yml", "printf '%s' \"$APPROVAL\"", "printf '%s' '${{ parameters.approval }}'"],
  },
  {
    name: "G20, S12: no step prints secrets or its environment",
    faults: (jobs) =>
      at(jobs.filter(({ scripts }) => scripts.some((it) => /show-secrets|stack export|set -x|printenv/.test(it)))),
    broken: ["templates/plan.yml", "            words=()\n", "            printenv\n            words=()\n"],
  },
  {
    name: "promotion: staging asks for the verification of dev, prod for that of staging and an approval",
    faults: (jobs) =>
      at(
        jobs.filter((job) => {
          if (!applies(job) || job.environment === "dev") return false;
          if (job.environment === "prod")
            return !job.scripts.some((it) => it.includes("--approval") && it.includes("--after"));
          return (
            job.list.find((it) => scriptOf(it).includes("-s apply"))?.env?.["AFTER"] !== "dev" ||
            job.stage.dependsOn === undefined
          );
        }),
      ),
    broken: ["deploy.yml", "stack: staging, after: dev", "stack: staging"],
  },
  {
    name: "S31: an artifact of another run is believed by what main holds",
    faults: (jobs) =>
      at(
        jobs.filter(
          ({ list, scripts }) =>
            list.some((it) => it.task?.startsWith("DownloadPipelineArtifact") === true) &&
            !scripts.some((it) => it.includes('git merge-base --is-ancestor "$commit" origin/main\n')),
        ),
      ),
    broken: ["production.yml", 'git merge-base --is-ancestor "$commit" origin/main', "true"],
  },
  {
    name: "S31: nothing is taken from another run before main is known to have made it",
    faults: (jobs) =>
      jobs.flatMap(({ at: job, list }) =>
        list.flatMap(({ task = "", inputs }, step) => {
          if (!task.startsWith("DownloadPipelineArtifact")) return [];
          const run = inputs?.["pipelineId"];
          const known = list
            .slice(0, step)
            .some((it) =>
              Object.entries(it.env ?? {}).some(
                ([name, value]) => value === run && scriptOf(it).includes(`deploy/made-by "$${name}" `),
              ),
            );
          return known ? [] : [`${job}: ${run ?? ""}`];
        }),
      ),
    broken: ["production.yml", 'deploy/made-by "$PLAN_RUN" "$by"', "true"],
  },
  {
    name: "only main is brought to Azure, and Azure Repos starts nothing by itself for a pull request",
    faults: (jobs) => [
      ...at(
        jobs.filter(
          ({ file, stage }) =>
            file !== "preview.yml" &&
            stage.dependsOn === undefined &&
            stage.condition !== "eq(variables['Build.SourceBranch'], 'refs/heads/main')",
        ),
      ),
      ...at(jobs.filter(({ pipeline }) => pipeline.pr !== "none")),
    ],
    broken: ["drift.yml", "    condition: eq(variables['Build.SourceBranch'], 'refs/heads/main')\n", ""],
  },
];

describe.each(checks)("$name", ({ faults, broken: [file, from, to] }) => {
  it("holds", () => expect(faults(jobsOf(shippedPipelines), shippedPipelines)).toEqual([]));
  it(`is found broken by: ${to.trim().slice(0, 60) || "nothing there"}`, () => {
    const text = shippedPipelines[file] ?? "";
    expect(text, `${file} no longer has what the check changes`).toContain(from);
    const texts = { ...shippedPipelines, [file]: text.replaceAll(from, to) };
    expect(faults(jobsOf(texts), texts)).not.toEqual([]);
  });
});

describe("templates", () => {
  it("that are not taken in are found", () => {
    const seen = new Set(
      Object.values(shippedPipelines).flatMap((text) =>
        [...text.matchAll(/template: (?:templates\/)?(\w+)\.yml/g)].map((it) => it[1]),
      ),
    );
    const there = Object.keys(shippedPipelines).flatMap((it) => /^templates\/(\w+)\.yml$/.exec(it)?.[1] ?? []);
    expect(there.filter((it) => !seen.has(it))).toEqual([]);
  });

  it.each([
    [
      "a parameter that there is none of",
      { a: "steps:\n  - { template: b, parameters: { x: 1 } }", b: "steps: []" },
      /b has no parameter x/,
    ],
    [
      "a parameter that is missing",
      { a: "steps: [{ template: b }]", b: "parameters: [{ name: x }]\nsteps: []" },
      /b needs the parameter x/,
    ],
    ["a function that it does not know", { a: "steps: [{ bash: '${{ upper(x) }}' }]", b: "" }, /no function upper/],
    [
      "a name that nothing has",
      { a: "steps: [{ bash: '${{ parameters.x }}' }]", b: "" },
      /nothing is called parameters\.x/,
    ],
  ])("with %s are refused", (_, texts, message) => {
    expect(() => expand(texts, "a")).toThrow(message);
  });
});
