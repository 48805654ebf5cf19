import { z } from "zod";
import { annotations } from "../../../catalog/scheduling";
import type { Problems } from "../../../core/problems";
import type { AdmissionPolicy } from "../admission-policy";
import { listOf } from "./cel";
import type { FencePolicy } from "./fence-policy";

/** One namespace that one rule lets pass. */
export interface FenceException {
  /** Name of the namespace, for example train-vision. Every other one is held to the rule all the same. */
  readonly namespace: string;
  /** Name of the rule, as its refusals say it. All other rules hold the namespace. */
  readonly rule: string;
  /** Why, for whoever reviews it: the preview shows it, and the policy in the cluster has it. */
  readonly reason: string;
  /**
   * Last day of the exception, in quotes: "2027-01-31". From the next day on the stack file is refused, so that somebody removes it or says
   * another day; in the cluster it holds until the next `up`.
   */
  readonly expires: string;
}

/** Shape of an exception from one of these rules. */
export function exceptionOf(rules: readonly string[]): z.ZodType<FenceException, FenceException> {
  return z.strictObject({
    namespace: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "must be the name of a namespace, for example train-vision"),
    rule: z.enum(rules),
    reason: z.string().regex(/^[^\n]{1,200}$/, "must be one line of 1 to 200 characters"),
    expires: z.iso.date(),
  });
}

/** The policy with its exceptions, and with the name of each rule in what it says. */
export function withExceptions({ rules, ...rest }: FencePolicy, all: readonly FenceException[]): AdmissionPolicy {
  const known = rules.map((it) => it.name);
  const exceptions = all.filter(({ rule }) => known.includes(rule));
  const lines = exceptions.map((it) => `${it.namespace}: ${it.rule} until ${it.expires}: ${it.reason}`);
  return {
    ...rest,
    ...(lines.length > 0 && { annotations: { [annotations.exceptions]: lines.join("\n") } }),
    rules: rules.map(({ name, expression, message }) => {
      const free = exceptions.filter(({ rule }) => rule === name).map((it) => it.namespace);
      return {
        expression: free.length === 0 ? expression : `request.namespace in ${listOf(free)} || (${expression})`,
        message: `${message} (rule ${name})`,
      };
    }),
  };
}

/**
 * Notes exceptions that would do nothing, or say two things.
 * @param rules Those that are on
 * @param remedy For one from a rule that is off
 */
export function checkExceptions(
  exceptions: readonly FenceException[],
  rules: readonly string[],
  remedy: string,
  problems: Problems,
): void {
  for (const [at, { namespace, rule }] of exceptions.entries()) {
    const path = `exceptions[${at}]`;
    problems.require(rules.includes(rule), `${path}.rule`, "must be a rule that is on", {
      got: rule,
      remedy,
    });
    const first = exceptions.findIndex((it) => it.namespace === namespace && it.rule === rule);
    problems.require(
      first === at,
      path,
      `must not be there twice: exceptions[${first}] is of this namespace and rule`,
      {
        got: `${namespace}, ${rule}`,
        remedy: "Remove one of the two",
      },
    );
  }
}
