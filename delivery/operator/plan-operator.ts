import { operatedNamespace } from "../../catalog/operator-accounts";
import { closestNames } from "../../core/closest-names";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { Problems } from "../../core/problems";
import { readShape } from "../../core/shape";
import type { EnvironmentStacks } from "./environment-stacks";
import { fenceObjects } from "./fence";
import { fluxObjects } from "./flux-objects";
import { longestStackName } from "./names";
import { namespaceObjects } from "./namespace-objects";
import { type OperatorSettings, operatorSettings } from "./operator-settings";
import { fetchOutput, type OperatorOutput, operatorOutput, operatorOutputFile } from "./operator-variables";
import { sourceObject } from "./source-objects";
import { objectName, type OperatedStack, stackObject } from "./stack-object";

/** What the operator's cluster gets, whole. */
export interface OperatorPlan {
  /** What an administrator applies: namespaces, accounts, rights, fence and Flux's own objects. */
  readonly platform: readonly KubernetesObject[];
  /** What Flux keeps, by environment: its source and its stacks. */
  readonly environments: Readonly<Record<string, readonly KubernetesObject[]>>;
}

const subject = "The operator";

/**
 * Decides all objects of the operator from its settings, what layer bootstrap made for it, and the stack files that there are. Each environment is in the settings or left
 * out by name, so that no new one is forgotten.
 * @throws MisconfiguredError with every problem of the settings
 */
export function planOperator(
  given: { readonly settings: unknown; readonly output: unknown },
  found: readonly EnvironmentStacks[],
): OperatorPlan {
  const settings = readShape(operatorSettings, given.settings, subject);
  const output = readShape(operatorOutput, given.output, "What bootstrap made for the operator");
  const problems = new Problems();
  check(settings, found, problems);
  checkOutput(settings, output, found, problems);
  problems.throwIfAny(subject);
  const stacks = found.flatMap((it) => operated(it, settings, output));
  const environments = Object.entries(settings.environments);
  return {
    platform: [
      ...environments.flatMap(([name, it]) =>
        namespaceObjects(
          name,
          it,
          stacks.filter(({ environment }) => environment === name),
        ),
      ),
      ...fenceObjects(settings, stacks),
      ...fluxObjects(settings),
    ],
    environments: Object.fromEntries(
      environments.map(([name]) => [
        name,
        [
          sourceObject(settings.source, operatedNamespace(name)),
          ...stacks.filter(({ environment }) => environment === name).map((it) => stackObject(it, settings)),
        ],
      ]),
    ),
  };
}

/** Objects of the stacks of one environment: a twin that plans for each, and where it says so the one that applies. */
function operated(
  { environment, stacks }: EnvironmentStacks,
  all: OperatorSettings,
  output: OperatorOutput,
): OperatedStack[] {
  const [settings, variables] = [all.environments[environment], output[environment]];
  if (settings === undefined || variables === undefined) return [];
  return stacks.flatMap((stack, at) => {
    const plan: OperatedStack = { environment, settings, variables, stack, role: "plan", after: null };
    if (settings.mode === "preview") return [plan];
    // Whoever reads what another stack hands over comes after it.
    const first = at === 0 ? undefined : stacks[0];
    return [{ ...plan, role: "apply", after: first ?? null }, plan];
  });
}

function check(settings: OperatorSettings, found: readonly EnvironmentStacks[], problems: Problems): void {
  const names = found.map(({ environment }) => environment);
  const { environments, leaves, management } = settings;
  const given = Object.keys(environments);
  const known = (path: string, name: string): void => {
    const remedy = `Environments: ${[...closestNames(name, names, names.length), ...names].filter((it, at, all) => all.indexOf(it) === at).join(", ")}`;
    problems.require(names.includes(name), path, "must be an environment of a stack file in stacks/", {
      got: name,
      remedy,
    });
  };
  for (const name of given) {
    known(`environments.${name}`, name);
    problems.require(
      !leaves.includes(name),
      `environments.${name}`,
      "must not be among those that the operator leaves",
      {
        remedy: "Take it out of one of the two",
      },
    );
  }
  leaves.forEach((name, at) => known(`leaves[${at}]`, name));
  problems.requireDistinct("leaves", leaves);
  for (const { environment, stacks, kinds } of found) {
    const mine = stacks.includes(management);
    problems.require(
      !mine || !(environment in environments),
      `environments.${environment}`,
      "must not have the stack that makes the operator's own cluster: while it replaces the cluster nobody would end its work",
      { got: management, remedy: `Write it under leaves, and bring ${management} up from a pipeline` },
    );
    problems.require(
      given.includes(environment) || leaves.includes(environment),
      `environments.${environment}`,
      "must be given: there is a stack file of it",
      { remedy: "Say how the operator runs it, or name it under leaves" },
    );
    const own = environments[environment];
    if (own === undefined) continue;
    const others = kinds.filter((it) => it !== own.kind);
    problems.require(
      others.length === 0,
      `environments.${environment}.kind`,
      `must be what its stack files say, ${others.join(" and ")}: another kind is judged by other rules`,
      { got: own.kind, remedy: "Write here what environment.kind of the stack file says" },
    );
    for (const stack of stacks) {
      const name = objectName({ stack, role: "plan" });
      problems.require(
        name.length <= longestStackName,
        `environments.${environment}`,
        `must have stacks whose names have at most ${longestStackName - "-plan".length} characters`,
        {
          got: stack,
          remedy: "Give the stack a shorter name",
        },
      );
    }
  }
}

/** Each environment that the operator runs has identities that trust all of its stacks, and may do what it is to do. */
function checkOutput(
  { environments }: OperatorSettings,
  output: OperatorOutput,
  found: readonly EnvironmentStacks[],
  problems: Problems,
): void {
  const seen = new Map<string, string>();
  for (const [name, { mode }] of Object.entries(environments)) {
    const path = `environments.${name}`;
    const made = output[name];
    problems.require(made !== undefined, path, `must be in ${operatorOutputFile}: bootstrap made no identity for it`, {
      remedy: `Write delivery.environments.${name}.operator in the stack file of bootstrap, up, then ${fetchOutput}`,
    });
    if (made === undefined) continue;
    problems.require(
      mode !== "apply" || made.DEPLOY_CLIENT_ID !== undefined,
      `${path}.mode`,
      "must be preview: bootstrap made no identity that applies",
      {
        got: mode,
        remedy: `Write preview, or applies: true at delivery.environments.${name}.operator of bootstrap, up, then ${fetchOutput}`,
      },
    );
    const stacks = found.find(({ environment }) => environment === name)?.stacks ?? [];
    const strange = stacks.filter((it) => !made.STACKS.includes(it));
    problems.require(strange.length === 0, path, "must have stacks that bootstrap trusts", {
      got: strange,
      remedy: `Add them to delivery.environments.${name}.operator.stacks of bootstrap, up, then ${fetchOutput}`,
    });
    for (const [key, id] of Object.entries({
      PLAN_CLIENT_ID: made.PLAN_CLIENT_ID,
      DEPLOY_CLIENT_ID: made.DEPLOY_CLIENT_ID,
    })) {
      if (id === undefined) continue;
      const other = seen.get(id);
      problems.require(
        other === undefined,
        `${operatorOutputFile}: ${name}.${key}`,
        `must be an identity of its own: ${other ?? ""} has it, and a plan would have the rights of an apply`,
        { got: id, remedy: `Write the file anew: ${fetchOutput}` },
      );
      seen.set(id, `${name}.${key}`);
    }
  }
  for (const name of Object.keys(output))
    problems.require(
      name in environments,
      `${operatorOutputFile}: ${name}`,
      "must be an environment that the operator runs: identities that nobody needs can be used",
      { remedy: `Write it under environments, or take delivery.environments.${name}.operator out of bootstrap` },
    );
}
