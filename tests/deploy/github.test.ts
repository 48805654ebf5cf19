import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../stack-files";
import { type Evaluate, loadExpressions } from "./expression";
import { type GithubFile, type Job, readFiles, shipped, type Step, type Texts } from "./github-files";

let evaluate: Evaluate;
beforeAll(async () => {
  evaluate = await loadExpressions();
});

interface Found extends Job {
  readonly at: string;
  readonly file: GithubFile;
  readonly list: readonly Step[];
}

const jobsOf = (files: readonly GithubFile[]): Found[] =>
  files.flatMap((file) =>
    Object.entries(file.jobs).map(([name, job]) => ({
      ...job,
      at: `${file.name}: ${name}`,
      file,
      list: job.steps ?? [],
    })),
  );
const runsOf = ({ list }: Pick<Found, "list">): string[] => list.flatMap(({ run }) => run ?? []);
const stepsOf = (files: readonly GithubFile[]): { readonly at: string; readonly step: Step }[] => [
  ...jobsOf(files).flatMap(({ at, list }) => list.map((step) => ({ at, step }))),
  ...files.flatMap(({ name, action }) => action.map((step) => ({ at: name, step }))),
];
const at = (found: readonly { readonly at: string }[]): string[] => found.map((it) => it.at);
const commands = (run = ""): string[] => [...run.matchAll(/npm run -s ([a-z-]+)/g)].map((it) => it[1] ?? "");
const has = (job: Found, command: string): boolean => runsOf(job).some((it) => commands(it).includes(command));
const withIdentity = (job: Found): boolean => runsOf(job).some((it) => it.includes("deploy/azure-run"));
const own = "octo/estate";
const pullRequestOf = (from: string, labels: readonly string[] = []): Record<string, unknown> => ({
  github: {
    repository: own,
    event: { pull_request: { head: { repo: { full_name: from } }, labels: labels.map((name) => ({ name })) } },
  },
});

/**
 * A requirement or a threat: what breaks it in some files, and a change that has to be found. Numbers are those of deploy/README.md and
 * docs/threats.md.
 */
interface Check {
  readonly name: string;
  readonly faults: (files: readonly GithubFile[]) => readonly string[];
  readonly broken: readonly [file: string, from: string, to: string];
}

const checks: readonly Check[] = [
  {
    name: "G1: no file names a secret",
    faults: (files) =>
      files.filter(({ text }) => /\bsecrets\b|client-secret|AZURE_CLIENT_SECRET/.test(text)).map((it) => it.name),
    broken: ["plan.yml", "${{ vars.TENANT_ID }}", "${{ secrets.TENANT_ID }}"],
  },
  {
    name: "G1, G6: who plans has the identity that reads, who applies the one that deploys",
    faults: (files) =>
      at(
        jobsOf(files)
          .filter(withIdentity)
          .filter((job) => {
            const reads = job.file.name === "plan.yml" || (job.environment ?? "").startsWith("plan-");
            return job.env?.["CLIENT_ID"] !== (reads ? "${{ vars.PLAN_CLIENT_ID }}" : "${{ vars.DEPLOY_CLIENT_ID }}");
          }),
      ),
    broken: ["plan.yml", "PLAN_CLIENT_ID", "DEPLOY_CLIENT_ID"],
  },
  {
    name: "G2, S5: whoever logs in is in an environment, by which the federated credential knows it",
    faults: (files) =>
      at(
        jobsOf(files).filter(
          (job) => withIdentity(job) !== (job.environment !== undefined && job.permissions?.["id-token"] === "write"),
        ),
      ),
    broken: ["drift.yml", "    environment: plan-${{ matrix.environment }} # G2, G6\n", ""],
  },
  {
    name: "G3, G4: what reaches Azure runs by azure-run, which renews the token of everything",
    faults: (files) =>
      stepsOf(files)
        .filter(({ step: { run = "" } }) =>
          run
            .split("\n")
            .some(
              (line) =>
                /npm run -s (plan|apply|verify|drift|recover)\b|\bpulumi |\baz /.test(line) &&
                !line.includes("deploy/azure-run"),
            ),
        )
        .map((it) => it.at),
    broken: ["plan.yml", "exec deploy/azure-run npm", "exec npm"],
  },
  {
    name: "G5, S1, S2: nothing of a fork runs with an identity, or with a right to write",
    faults: (files) => [
      ...files.filter(({ on }) => "pull_request_target" in on || "workflow_run" in on).map((it) => it.name),
      ...at(
        jobsOf(files)
          .filter(({ file }) => "pull_request" in file.on)
          .filter(({ permissions = {} }) => Object.values(permissions).includes("write"))
          .filter((job) => evaluate(job.if ?? "true", pullRequestOf("mallory/estate"))),
      ),
    ],
    broken: [
      "preview.yml",
      "    if: github.event.pull_request.head.repo.full_name == github.repository # G5, S1\n",
      "",
    ],
  },
  {
    name: "G6: unreviewed code plans dev and staging alone, in environments for plans",
    faults: (files) =>
      jobsOf(files)
        .filter(({ file, uses }) => "pull_request" in file.on && uses !== undefined)
        .flatMap((job) => [
          ...(job.strategy?.matrix["stack"] ?? []).filter((it) => !["dev", "staging"].includes(it)),
          ...(job.with?.["environment"] === "plan-${{ matrix.stack }}" ? [] : [job.at]),
          ...(job.uses === "./.github/workflows/plan.yml" ? [] : [job.at]),
        ]),
    broken: ["preview.yml", "stack: [dev, staging]", "stack: [dev, staging, prod]"],
  },
  {
    name: "G7, S15: one apply at a time for a stack, and none is stopped",
    faults: (files) =>
      at(
        jobsOf(files)
          .filter((job) => has(job, "apply") || has(job, "recover"))
          .filter(
            ({ concurrency }) =>
              concurrency?.["group"] !== "pulumi-${{ inputs.stack }}" || concurrency["cancel-in-progress"] !== false,
          ),
      ),
    broken: ["deliver.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
  },
  {
    name: "G7: a stack has one name: who starts a run chooses from a list",
    faults: (files) =>
      files
        .filter(({ on }) => {
          const { inputs = {} } = (on["workflow_dispatch"] ?? {}) as { inputs?: Record<string, { type: string }> };
          return inputs["stack"] !== undefined && inputs["stack"].type !== "choice";
        })
        .map((it) => it.name),
    broken: [
      "recover.yml",
      "        type: choice\n        options: [dev, staging, staging-workloads",
      "        type: string\n        options: [dev, staging, staging-workloads",
    ],
  },
  {
    name: "a run that is started again writes its artifacts over",
    faults: (files) =>
      at(
        stepsOf(files).filter(
          ({ step }) => step.uses?.startsWith("actions/upload-artifact@") === true && step.with?.["overwrite"] !== true,
        ),
      ),
    broken: ["plan.yml", "overwrite: true", "overwrite: false"],
  },
  {
    name: "a merge queue gets the required check, and one entry does not stop another",
    faults: (files) =>
      files
        .filter(({ jobs }) => jobs["gate"] !== undefined)
        .filter(({ on, text }) => !("merge_group" in on) || !/^concurrency:.*number \|\| github\.ref /m.test(text))
        .map((it) => it.name),
    broken: ["preview.yml", "number || github.ref", "number"],
  },
  {
    name: "G7: nothing that applies is stopped with its whole workflow",
    faults: (files) =>
      files
        .filter(({ text, on }) => /^concurrency:.*cancel-in-progress: true/m.test(text) && !("pull_request" in on))
        .map((it) => it.name),
    broken: [
      "deploy.yml",
      "permissions: {}",
      "concurrency: { group: deploy, cancel-in-progress: true }\npermissions: {}",
    ],
  },
  {
    name: "G8: every job ends some day; one that applies has longer than any resource, and hears of a signal",
    faults: (files) => [
      ...at(jobsOf(files).filter((job) => job.uses === undefined && !((job["timeout-minutes"] ?? 0) > 0))),
      ...at(jobsOf(files).filter((job) => has(job, "apply") && (job["timeout-minutes"] ?? 0) <= 480)),
      ...at(
        jobsOf(files).filter((job) =>
          runsOf(job).some((it) => it.includes("-s apply") && !it.includes("exec deploy/azure-run")),
        ),
      ),
    ],
    broken: ["production.yml", "exec deploy/azure-run npm run -s apply", "deploy/azure-run npm run -s apply"],
  },
  {
    name: "G9, S6: the pack comes by the commands plan and apply; no step runs an engine of its own or switches policies off",
    faults: (files) =>
      files
        .filter(({ text }) => /pulumi (up|preview|destroy|refresh)|PULUMI_OPTION|policyPack|skip-preview/.test(text))
        .map((it) => it.name),
    broken: ["deliver.yml", 'npm run -s apply -- "$STACK"', 'pulumi up --skip-preview --stack "$STACK"'],
  },
  {
    name: "G10, S16: data or a cluster goes by a word alone: a label of this stack, or an input",
    faults: (files) =>
      jobsOf(files)
        .flatMap(({ with: inputs = {}, file, env = {}, list }) =>
          [inputs["allow-destroy"], env["ALLOW_DESTROY"], ...list.map((it) => it.env?.["ALLOW_DESTROY"])]
            .filter((it) => typeof it === "string")
            .map((word) => ({ file: file.name, word })),
        )
        .filter(({ file, word }) => {
          if (file !== "preview.yml") return !/^\$\{\{ inputs\.allow-destroy( \|\| '')? \}\}$/.test(word);
          const matrix = { stack: "dev" };
          const asked = (labels: string[]): boolean => evaluate(word, { ...pullRequestOf(own, labels), matrix });
          return asked([]) || asked(["allow-destroy:staging"]) || !asked(["allow-destroy:dev"]);
        })
        .map(({ file, word }) => `${file}: ${word}`),
    broken: ["preview.yml", "format('allow-destroy:{0}', matrix.stack)", "'approved'"],
  },
  {
    name: "G12: what is applied is a file that plan wrote",
    faults: (files) =>
      jobsOf(files)
        .filter((job) => has(job, "apply"))
        .filter(
          (job) =>
            !runsOf(job).some((it) =>
              /-s apply -- "\$STACK" --plan "\$RUNNER_TEMP\/(plan\/)?plan-\$STACK\.json"/.test(it),
            ),
        )
        .map((it) => it.at),
    broken: ["deliver.yml", '--plan "$RUNNER_TEMP/plan-$STACK.json" --record', "--record"],
  },
  {
    name: "G14: no delivery refreshes",
    faults: (files) => files.filter(({ text }) => /refresh/.test(text)).map((it) => it.name),
    broken: ["deliver.yml", "npm run -s apply", "pulumi refresh && npm run -s apply"],
  },
  {
    name: "G15, S3: every action is pinned by a commit and says which version that is",
    faults: (files) =>
      files.flatMap(({ name, text }) =>
        [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)]
          .map((it) => it[1] ?? "")
          .filter((it) => !it.startsWith("./") && !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(it))
          .map((it) => `${name}: ${it}`),
      ),
    broken: ["plan.yml", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "actions/checkout@v7"],
  },
  {
    name: "G15: one version of Node, and no image that moves",
    faults: (files) => [
      ...stepsOf(files)
        .filter(
          ({ step }) =>
            step.uses?.startsWith("actions/setup-node@") === true &&
            !/^\d+\.\d+\.\d+$/.test(String(step.with?.["node-version"])),
        )
        .map((it) => it.at),
      ...at(jobsOf(files).filter((job) => job["runs-on"]?.includes("latest") === true)),
    ],
    broken: ["prepare/action.yml", '"22.23.3"', '"22"'],
  },
  {
    name: "G16, S4: no script of a package runs",
    faults: (files) =>
      stepsOf(files)
        .filter(({ step: { run = "" } }) => /npm (ci|install)/.test(run) && !run.includes("npm ci --ignore-scripts"))
        .map((it) => it.at),
    broken: ["preview.yml", "npm ci --ignore-scripts", "npm ci"],
  },
  {
    name: "G17: no right that a job does not name, and each alone where it is needed",
    faults: (files) => [
      ...files
        .filter(({ permissions, jobs }) => Object.keys(jobs).length > 0 && JSON.stringify(permissions) !== "{}")
        .map((it) => it.name),
      ...jobsOf(files).flatMap((job) =>
        Object.entries(job.permissions ?? { none: "named" })
          .filter(([right, level]) => {
            if (right === "contents" || right === "actions") return level !== "read";
            if (right === "id-token") return !withIdentity(job) && job.uses === undefined;
            if (right === "pull-requests") return !has(job, "comment");
            return !(right === "issues" && has(job, "issue"));
          })
          .map(([right]) => `${job.at} ${right}`),
      ),
    ],
    broken: ["plan.yml", "contents: read, id-token", "contents: write, id-token"],
  },
  {
    name: "G18: no token stays on the disk",
    faults: (files) =>
      stepsOf(files)
        .filter(
          ({ step }) =>
            step.uses?.startsWith("actions/checkout@") === true && step.with?.["persist-credentials"] !== false,
        )
        .map((it) => it.at),
    broken: ["drift.yml", "with: { persist-credentials: false } # G18", "# G18"],
  },
  {
    name: "G19: who may write to the pull request or to issues runs no code of it, and has no identity",
    faults: (files) =>
      jobsOf(files)
        .filter(({ permissions = {} }) => permissions["pull-requests"] === "write" || permissions["issues"] === "write")
        .filter((job) => {
          const checkouts = job.list.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true);
          const foreign =
            "pull_request" in job.file.on
              ? checkouts.some((it) => it.with?.["ref"] !== "${{ github.event.pull_request.base.sha }}")
              : job.if?.includes("github.ref == 'refs/heads/main'") !== true;
          return foreign || job.permissions?.["id-token"] !== undefined || withIdentity(job);
        })
        .map((it) => it.at),
    broken: ["preview.yml", "github.event.pull_request.base.sha", "github.event.pull_request.head.sha"],
  },
  {
    name: "G19, S27: what writes an issue is apart from what looks at Azure, and of main",
    faults: (files) => [
      ...at(
        jobsOf(files).filter(
          (job) => has(job, "issue") && (job.environment !== undefined || job.if?.includes("refs/heads/main") !== true),
        ),
      ),
      ...(jobsOf(files).some((job) => has(job, "issue")) ? [] : ["no file keeps an issue"]),
    ],
    broken: [
      "drift.yml",
      "    if: ${{ !cancelled() && github.ref == 'refs/heads/main' }}\n",
      "    if: ${{ !cancelled() }}\n",
    ],
  },
  {
    name: "S15: whoever recovers a stack does it in the environment, and says by its name what is to be done",
    faults: (files) => {
      const jobs = jobsOf(files).filter((job) => has(job, "recover"));
      const wanted = { CANCEL: "${{ inputs.cancel }}", SETTLE: "${{ inputs.settle }}" };
      return [
        ...at(jobs.filter((it) => it.environment !== "${{ inputs.environment }}")),
        ...jobs.flatMap((job) =>
          Object.entries(wanted)
            .filter(
              ([name, value]) =>
                job.env?.[name] !== value ||
                !runsOf(job).some((it) => it.includes(`words+=(--${name.toLowerCase()} "$${name}")`)),
            )
            .map(([name]) => `${job.at} ${name}`),
        ),
        ...(jobs.length === 1 ? [] : [`${jobs.length} jobs recover`]),
      ];
    },
    broken: ["recover.yml", "SETTLE: ${{ inputs.settle }}", "SETTLE: ${{ inputs.stack }}"],
  },
  {
    name: "G19, S32: nothing that somebody may write stands in a script",
    faults: (files) =>
      stepsOf(files)
        .filter(({ step }) => step.run?.includes("${{") === true)
        .map((it) => it.at),
    broken: ["production.yml", "printf '%s' \"$APPROVAL\"", "printf '%s' '${{ inputs.approval }}'"],
  },
  {
    name: "G20, S12: no step prints secrets, an export of a state or its environment",
    faults: (files) =>
      stepsOf(files)
        .filter(({ step: { run = "" } }) => /show-secrets|stack export|set -x|xtrace|printenv|^\s*env\s*$/m.test(run))
        .map((it) => it.at),
    broken: ["plan.yml", "          words=()\n", "          set -x\n          words=()\n"],
  },
  {
    name: "G21: every apply writes a record, which is kept for 90 days however it ends",
    faults: (files) =>
      jobsOf(files)
        .filter((job) => has(job, "apply"))
        .filter(
          (job) =>
            !runsOf(job).some((it) => it.includes('--record "$RUNNER_TEMP/record-$STACK.json"')) ||
            !job.list.some(
              (it) =>
                it.uses?.startsWith("actions/upload-artifact@") === true &&
                it.if === "always()" &&
                it.with?.["retention-days"] === 90 &&
                String(it.with["path"]).includes("record-${{ inputs.stack }}.json"),
            ),
        )
        .map((it) => it.at),
    broken: ["production.yml", "if: always() # G21: a record however it ended", "if: success()"],
  },
  {
    name: "promotion: staging and prod ask for a good verification of what comes before",
    faults: (files) => [
      ...jobsOf(files)
        .filter(
          ({ uses, with: inputs }) => uses?.endsWith("/deliver.yml") === true && inputs?.["environment"] === "staging",
        )
        .filter(({ with: inputs, needs }) => inputs?.["after"] !== "dev" || needs === undefined)
        .map((it) => it.at),
      ...jobsOf(files)
        .filter((job) => has(job, "apply") && job.environment === "prod")
        .filter((job) => !runsOf(job).some((it) => it.includes("--after") && it.includes("--approval")))
        .map((it) => it.at),
    ],
    broken: ["deploy.yml", "stack: staging, after: dev,", "stack: staging,"],
  },
  {
    name: "S31: an artifact of another run is believed by what main holds, and no job reads a cache",
    faults: (files) => [
      ...stepsOf(files)
        .filter(({ step }) => step.uses?.startsWith("actions/cache") === true)
        .map((it) => it.at),
      ...stepsOf(files)
        .filter(
          ({ step }) =>
            step.uses?.startsWith("actions/setup-node@") === true && step.with?.["package-manager-cache"] !== false,
        )
        .map((it) => it.at),
      ...jobsOf(files)
        .filter(({ list }) => list.some((it) => it.with?.["run-id"] !== undefined))
        .filter((job) => !runsOf(job).some((it) => /merge-base --is-ancestor "\$commit" origin\/main\n/.test(it)))
        .map((it) => it.at),
    ],
    broken: ["production.yml", '          git merge-base --is-ancestor "$commit" origin/main\n', ""],
  },
  {
    name: "S31: nothing is taken from another run before main is known to have made it",
    faults: (files) =>
      jobsOf(files).flatMap(({ at: job, list }) =>
        list.flatMap(({ with: given }, step) => {
          const asked = list.slice(0, step).filter(({ run = "" }) => run.includes("deploy/made-by "));
          const names = asked.flatMap((it) =>
            Object.entries(it.env ?? {}).map(([name, value]) => ({ name, value, it })),
          );
          const run = given?.["run-id"];
          const known = names.some(
            ({ name, value, it }) => value === run && it.run?.includes(`deploy/made-by "$${name}" `),
          );
          return run === undefined || known ? [] : [`${job}: ${JSON.stringify(run)}`];
        }),
      ),
    broken: ["production.yml", '          deploy/made-by "$VERIFICATION_RUN" deploy.yml\n', ""],
  },
  {
    name: "promotion: what lives in production's cluster is planned at the commit that was applied",
    faults: (files) =>
      jobsOf(files)
        .filter(({ file, needs }) => file.name === "production.yml" && needs === "apply")
        .filter(({ list }) => list[0]?.with?.["ref"] !== "${{ needs.apply.outputs.commit }}")
        .map((it) => it.at),
    broken: ["production.yml", ', ref: "${{ needs.apply.outputs.commit }}"', ""],
  },
  {
    name: "the clone holds what the commit holds, or the plan would be refused",
    faults: (files) =>
      stepsOf(files).flatMap(({ step: { run = "" }, at: where }) =>
        [...run.matchAll(/(?:--out |--record |mkdir |\s>>? )(\S+)/g)]
          .map(([, target = ""]) => target)
          .filter((it) => !/^"\$(?:RUNNER_TEMP|GITHUB_OUTPUT)\b|^\/dev\/null$/.test(it))
          .map((it) => `${where}: ${it}`),
      ),
    broken: ["plan.yml", '--out "$RUNNER_TEMP/', '--out "./'],
  },
  {
    name: "only main is brought to Azure",
    faults: (files) => [
      ...at(
        jobsOf(files).filter(
          (job) => has(job, "apply") && job.environment === "prod" && job.if !== "github.ref == 'refs/heads/main'",
        ),
      ),
      ...at(
        jobsOf(files)
          .filter(({ file, uses, needs }) => file.name === "deploy.yml" && uses !== undefined && needs === undefined)
          .filter((job) => evaluate(job.if ?? "true", { github: { ref: "refs/heads/feature" } })),
      ),
    ],
    broken: ["deploy.yml", "    if: github.ref == 'refs/heads/main'\n", ""],
  },
];

const changed = ([file, from, to]: Check["broken"]): Texts => {
  const text = shipped[file] ?? "";
  expect(text, `${file} no longer has what the check changes`).toContain(from);
  return { ...shipped, [file]: text.replaceAll(from, to) };
};

describe.each(checks)("$name", ({ faults, broken }) => {
  it("holds", () => expect(faults(readFiles(shipped))).toEqual([]));
  it(`is found broken by: ${broken[2].trim().slice(0, 60) || "nothing there"}`, () => {
    expect(faults(readFiles(changed(broken)))).not.toEqual([]);
  });
});

describe("a pull request", () => {
  const preview = jobsOf(readFiles(shipped)).filter(({ file }) => file.name === "preview.yml");
  const runsWith = (context: Record<string, unknown>): string[] =>
    preview.filter((job) => evaluate(job.if ?? "true", context)).map((it) => it.at.replace("preview.yml: ", ""));
  const runs = (from: string): string[] => runsWith(pullRequestOf(from));

  it("of this repository is checked, planned and commented on", () => {
    expect(runs(own)).toEqual(["static", "plan", "comment", "gate"]);
  });

  it("of a fork is checked, and asks Azure for nothing", () =>
    expect(runs("mallory/estate")).toEqual(["static", "gate"]));

  it("in a merge queue is checked as what main would be, without an identity", () => {
    const context = {
      github: { repository: own, ref: "refs/heads/gh-readonly-queue/main/pr-1", event: { merge_group: {} } },
    };
    expect(runsWith(context)).toEqual(["static", "gate"]);
  });

  it("of a fork that is gone is one of a fork", () => expect(runs("")).toEqual(["static", "gate"]));
});

it("every script of the files is of the commit, and may be run", () => {
  const used = Object.values(shipped).flatMap((text) => text.match(/\bdeploy\/[a-z-]+(?=[\s"]|$)/gm) ?? []);
  for (const it of new Set(used))
    expect(readFileSync(path.join(root, it), "utf8")).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect([...new Set(used)].sort()).toEqual([
    "deploy/azure-run",
    "deploy/kubeconfig",
    "deploy/made-by",
    "deploy/prepare",
  ]);
});
