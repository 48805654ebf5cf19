import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { azureCliVersion } from "../../components/compute/runner/tools";
import { root } from "../stack-files";
import { type GitlabJob as Found, gitlabJobs, shippedGitlab as shipped } from "./gitlab-jobs";

const jobsOf = gitlabJobs;
const names = (jobs: readonly Found[]): string[] => jobs.map((it) => it.name);
const rights = ({ text }: Found): boolean => text.includes("deploy/azure-run");
const applies = ({ text }: Found): boolean => text.includes("-s apply");
const recovers = ({ text }: Found): boolean => text.includes("-s recover");
const keepsIssue = ({ text }: Found): boolean => text.includes("-s issue");
/** Branches that the rules of a job let it run on. */
const branchesOf = ({ rules = [], variables = {} }: Found): (string | undefined)[] =>
  rules
    .map((it) => /\$CI_COMMIT_BRANCH == (?:\$(\w+)|"(\w+)")/.exec(it.if ?? ""))
    .map((it) => it?.[2] ?? variables[it?.[1] ?? ""]);
const minutes = (text = ""): number =>
  Number(/(\d+)h/.exec(text)?.[1] ?? 0) * 60 + Number(/(\d+)m/.exec(text)?.[1] ?? 0);
const branches = { plan: /^plan-(dev|staging|prod)$/, deploy: /^(dev|staging|prod)$/ };

interface Check {
  readonly name: string;
  readonly faults: (jobs: readonly Found[], text: string) => readonly string[];
  readonly broken: readonly [from: string, to: string];
}

const checks: readonly Check[] = [
  {
    name: "G1, G6: a place for plans has the identity that reads, a place for deliveries the one that deploys",
    faults: (jobs) =>
      names(
        jobs.filter(rights).filter(({ environment, text }) => {
          const reads = branches.plan.test(environment?.name ?? "");
          return (
            !(reads || branches.deploy.test(environment?.name ?? "")) ||
            !text.includes(`export CLIENT_ID="$${reads ? "PLAN" : "DEPLOY"}_CLIENT_ID"`)
          );
        }),
      ),
    broken: ['export CLIENT_ID="$PLAN_CLIENT_ID"', 'export CLIENT_ID="$DEPLOY_CLIENT_ID"'],
  },
  {
    name: "G2, S5: a job with a token runs on its one protected branch alone",
    faults: (jobs, text) => [
      ...names(
        jobs
          .filter((it) => it.id_tokens !== undefined)
          .filter((job) => {
            const branch = branchesOf(job);
            return branch.length !== 1 || branch[0] !== job.environment?.name;
          }),
      ),
      ...(parse(text) as { workflow: { rules: { if: string }[] } }).workflow.rules
        .map((it) => it.if)
        .filter(
          (it) => !/^\$CI_PIPELINE_SOURCE == "merge_request_event"$|&& \$CI_COMMIT_REF_PROTECTED == "true"$/.test(it),
        ),
    ],
    broken: [' && $CI_COMMIT_REF_PROTECTED == "true"', ""],
  },
  {
    name: "G3, G4: the token is for Azure, and what reaches Azure runs by azure-run",
    faults: (jobs) => [
      ...names(
        jobs.filter((job) => rights(job) !== (job.id_tokens?.["AZURE_ID_TOKEN"]?.aud === "api://AzureADTokenExchange")),
      ),
      ...names(
        jobs.filter(({ text }) =>
          text
            .split("\n")
            .some(
              (it) => /npm run -s (plan|apply|verify|drift|recover)\b/.test(it) && !it.includes("deploy/azure-run npm"),
            ),
        ),
      ),
    ],
    broken: ["exec deploy/azure-run npm run -s drift", "exec npm run -s drift"],
  },
  {
    name: "G5, S1: a merge request gets no token, no runner of ours and no environment",
    faults: (jobs) =>
      names(
        jobs
          .filter(({ rules = [{}] }) => rules.some((it) => it.if?.includes("$CI_COMMIT_BRANCH") !== true))
          .filter((it) => it.id_tokens !== undefined || it.tags !== undefined || it.environment !== undefined),
      ),
    broken: [
      'rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $PLACE }]',
      "rules: [{ if: $CI_PIPELINE_SOURCE }]",
    ],
  },
  {
    name: "G7, S15: one apply at a time for a stack, and none is stopped by a newer pipeline",
    faults: (jobs, text) => [
      ...names(jobs.filter((it) => (applies(it) || recovers(it)) && it.resource_group !== "pulumi-$STACK")),
      ...(/interruptible: true/.test(text) || !/^ {2}interruptible: false/m.test(text) ? ["interruptible"] : []),
    ],
    broken: ["  resource_group: pulumi-$STACK # G7: one at a time for a stack\n", ""],
  },
  {
    name: "G8: every job ends; one that applies has longer than any resource, and hears of a signal",
    faults: (jobs) => [
      ...names(jobs.filter((it) => minutes(it.timeout) <= (applies(it) ? 480 : 0))),
      ...names(
        jobs.filter(
          (it) => applies(it) && it.script?.at(-1)?.startsWith("exec deploy/azure-run npm run -s apply") !== true,
        ),
      ),
    ],
    broken: ["  timeout: 10h # G8\n", ""],
  },
  {
    name: "G9, G14, S6: no step runs an engine of its own, refreshes or switches policies off",
    faults: (_, text) => text.match(/pulumi (up|preview|destroy)|refresh|PULUMI_OPTION|skip-preview/g) ?? [],
    broken: ["exec deploy/azure-run npm run -s apply --", "exec deploy/azure-run pulumi up --skip-preview"],
  },
  {
    name: "G12, G21: what is applied is a file, and plan, approval and record are kept however it ends",
    faults: (jobs) =>
      names(
        jobs
          .filter(applies)
          .filter(
            ({ text, artifacts }) =>
              !text.includes('--plan "out/plan-$STACK.json" --record "out/record-$STACK.json"') ||
              artifacts?.when !== "always" ||
              artifacts.expire_in !== "90 days" ||
              artifacts.paths?.includes("out/") !== true,
          ),
      ),
    broken: ["{ when: always, expire_in: 90 days, paths: [out/] } # G21\n", "{ expire_in: 90 days, paths: [out/] }\n"],
  },
  {
    name: "G15: an image by its digest",
    faults: (jobs, text) => [
      ...(/^ {2}image: \$PIPELINES_IMAGE/m.test(text) ? [] : ["image"]),
      ...names(jobs.filter((it) => (rights(it) || keepsIssue(it)) && !/^if .*@sha256:/.test(it.text))),
    ],
    broken: ["  image: $PIPELINES_IMAGE", "  image: node:latest"],
  },
  {
    name: "G16, S4: no script of a package runs",
    faults: (jobs) => names(jobs.filter(({ text }) => /npm (ci|install)(?! --ignore-scripts)/.test(text))),
    broken: ["npm ci --ignore-scripts", "npm ci"],
  },
  {
    name: "G1, G19, S27: what writes an issue has a token for that alone: no identity, no environment of another job, and not on a merge request",
    faults: (jobs, text) => [
      ...names(
        jobs
          .filter(keepsIssue)
          .filter(
            (it) =>
              it.id_tokens !== undefined ||
              rights(it) ||
              jobs.some((other) => !keepsIssue(other) && other.environment?.name === it.environment?.name) ||
              it.rules?.some(({ if: when = "" }) => !when.includes('$CI_PIPELINE_SOURCE == "schedule"')) !== false,
          ),
      ),
      ...(jobs.filter(keepsIssue).length === 3 ? [] : ["three environments have an issue"]),
      ...(/\$\{?GITLAB_TOKEN/.test(text) ? ["a script names the token"] : []),
    ],
    broken: ["environment: { name: drift-issues, action: access }", "environment: { name: plan-prod, action: access }"],
  },
  {
    name: "S15: each stack that is delivered can be recovered in its environment, when somebody starts it, without a delivery that went well",
    faults: (jobs) => {
      const stacksOf = (some: readonly Found[]): string[] =>
        some.map((it) => `${it.environment?.name ?? ""}/${it.variables?.["STACK"] ?? ""}`).sort();
      return [
        ...stacksOf(jobs.filter(applies)).filter((it) => !stacksOf(jobs.filter(recovers)).includes(it)),
        ...names(
          jobs
            .filter(recovers)
            .filter(
              ({ rules, needs, environment, text }) =>
                rules?.[0]?.when !== "manual" ||
                needs?.length !== 0 ||
                environment?.action !== undefined ||
                !text.includes('words+=(--cancel "$CANCEL")') ||
                !text.includes('words+=(--settle "$SETTLE")'),
            ),
        ),
      ];
    },
    broken: ["when: manual, allow_failure: true", "when: on_success"],
  },
  {
    name: "G20, S12: no step prints secrets or its environment",
    faults: (_, text) => text.match(/show-secrets|stack export|set -x|printenv|CI_DEBUG_TRACE/g) ?? [],
    broken: ["    - deploy/prepare", "    - printenv\n    - deploy/prepare"],
  },
  {
    name: "promotion: staging asks for the verification of dev, prod for that of staging, an approval, and somebody who starts it",
    faults: (jobs) =>
      names(
        jobs.filter(applies).filter(({ environment, variables, text, rules }) => {
          if (environment?.name === "dev") return false;
          if (environment?.name === "staging")
            return variables?.["AFTER"] !== "dev" || !text.includes('--after "out/verification-$AFTER.json"');
          return (
            !/--approval out\/approval\.json --after out\/verification-staging\.json/.test(text) ||
            rules?.[0]?.when !== "manual"
          );
        }),
      ),
    broken: [
      "--approval out/approval.json --after out/verification-staging.json",
      "--after out/verification-staging.json",
    ],
  },
  {
    name: "S30, S31: nothing is left of a run before, and no job reads a cache",
    faults: (jobs, text) => [
      ...names(jobs.filter((it) => rights(it) && it.variables?.["GIT_STRATEGY"] !== "clone")),
      ...(text.match(/^\s*cache:/m) ?? []),
    ],
    broken: ["GIT_STRATEGY: clone", "GIT_STRATEGY: fetch"],
  },
];

describe.each(checks)("$name", ({ faults, broken: [from, to] }) => {
  it("holds", () => expect(faults(jobsOf(), shipped)).toEqual([]));
  it(`is found broken by: ${to.trim().slice(0, 60) || "nothing there"}`, () => {
    expect(shipped, "the file no longer has what the check changes").toContain(from);
    const text = shipped.replaceAll(from, to);
    expect(faults(jobsOf(text), text)).not.toEqual([]);
  });
});

it("needs jobs that there are, of the same branch", () => {
  const jobs = jobsOf();
  const branchOf = (job: Found | undefined): string | undefined => (job === undefined ? undefined : branchesOf(job)[0]);
  const wrong = jobs.flatMap((job) =>
    (job.needs ?? [])
      .filter((it) => branchOf(jobs.find(({ name }) => name === it)) !== branchOf(job) || branchOf(job) === undefined)
      .map((it) => `${job.name} needs ${it}`),
  );
  expect(wrong).toEqual([]);
});

it("has the Azure CLI of the runner in its image", () => {
  expect(readFileSync(path.join(root, "deploy/gitlab/Dockerfile"), "utf8")).toContain(`azure-cli==${azureCliVersion}`);
});
