import { RunError } from "@pulumi/pulumi/errors";
import { secretLook } from "./secret-text";

/** One thing that is wrong, in the caller's words. */
export interface Problem {
  /** Where: a path such as `gpuPools.h100.maxNodes`. */
  readonly path: string;
  /** The rule, as a sentence that starts with "must" or says what is not possible. */
  readonly rule: string;
  /** The value given, already made safe to print; absent when it may be a secret. */
  readonly got?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Line of the stack file, where one is known. */
  readonly line?: number;
  /** Why there is no line, for example `not in the file`. */
  readonly noLine?: string;
}

/**
 * Wrong arguments or configuration: something the user can fix. A `RunError`, so the Pulumi CLI prints the message and
 * no stack trace. Everything else that is thrown is a bug of ours.
 */
export class MisconfiguredError extends RunError {
  public constructor(
    /** What is wrong, for example `GPU node pool 'h100'`. */
    public readonly subject: string,
    public readonly problems: readonly Problem[],
  ) {
    super([`${subject} is misconfigured:`, ...problems.map((it) => `  ${describeProblem(it)}`)].join("\n"));
  }
}

/** One line: path, rule, value given, remedy. */
export function describeProblem(problem: Problem): string {
  const { path, line, noLine } = problem;
  const place = line === undefined ? noLine : `line ${line}`;
  return `${place === undefined ? path : `${path} (${place})`}: ${reasonOf(problem)}`;
}

/** Rule, value given and remedy, for whoever tells the path apart. */
export function reasonOf({ rule, got, remedy }: Problem): string {
  return `${rule}${got === undefined ? "" : `; got ${got}`}${remedy === undefined ? "" : `. ${remedy}`}`;
}

/** Gathers what is wrong with one thing, then reports all of it at once. */
export class Problems {
  readonly #problems: Problem[] = [];

  public get list(): readonly Problem[] {
    return this.#problems;
  }

  /** Notes a problem, once: two nodes of one pool may have the same. */
  public add(problem: Problem): void {
    const same = (it: Problem): boolean =>
      it.path === problem.path && it.rule === problem.rule && it.got === problem.got;
    if (!this.#problems.some(same)) this.#problems.push(problem);
  }

  /** Notes a problem at `path` unless `ok` holds. */
  public require(
    ok: boolean,
    path: string,
    rule: string,
    more: { got?: unknown; remedy?: string | undefined } = {},
  ): void {
    if (ok) return;
    this.add({
      path,
      rule,
      ...("got" in more && showAt(path, more.got)),
      ...(more.remedy !== undefined && { remedy: more.remedy }),
    });
  }

  /** Notes a problem unless the value is a whole number in the range. `why` follows the rule. */
  public requireWhole(path: string, value: number, [least, most]: readonly [number, number], why = ""): void {
    const ok = Number.isInteger(value) && value >= least && value <= most;
    this.require(ok, path, `must be a whole number from ${least} to ${most}${why}`, {
      got: value,
      ...(Number.isFinite(value) && least <= most && { remedy: `Use ${nearest(value, least, most)}` }),
    });
  }

  /** Notes a problem for each value of a list that is in it before. */
  public requireDistinct(path: string, values: readonly unknown[], remedy?: string): void {
    values.forEach((value, at) => {
      this.require(values.indexOf(value) === at, `${path}[${at}]`, "must not be there twice", { got: value, remedy });
    });
  }

  /**
   * Runs a decision and returns its result. When it finds the arguments wrong, its problems are noted under `path` and
   * the result is `undefined`, so that the next decision can still be tried.
   */
  public attempt<T>(path: string, decide: () => T): T | undefined {
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof MisconfiguredError)) throw error;
      for (const problem of error.problems) this.add({ ...problem, path: joinPath(path, problem.path) });
      return undefined;
    }
  }

  public throwIfAny(subject: string): void {
    if (this.#problems.length > 0) throw new MisconfiguredError(subject, this.#problems);
  }
}

/** The whole number of a range that is nearest to a number. */
function nearest(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}

/** Joins two parts of a path; either may be empty. */
export function joinPath(head: string, tail: string): string {
  if (head === "" || tail === "") return head + tail;
  return tail.startsWith("[") ? head + tail : `${head}.${tail}`;
}

/** Fields that hold keys: a private one that was pasted there by mistake must not be printed, however broken it is. */
const keyField = /(^|\.)sshPublicKeys\b/;

/** The value given at a path as a part of a problem: nothing where only a key can stand. */
export function showAt(path: string, value: unknown, more = ""): { got?: string } {
  return keyField.test(path) ? {} : { got: show(value) + more };
}

/** A key that a user chose, as it may stand in a path: as it is when it is a plain word, else as `show` prints it. */
export function showKey(key: string): string {
  return /^[\w:-]{1,100}$/.test(key) && secretLook(key) === undefined ? key : show(key);
}

/**
 * A value as it may be printed: JSON, short, and with every character outside printable ASCII escaped, so that a
 * look-alike letter, a zero-width space or a terminal control code is seen and not obeyed. What may be a secret is told by
 * what it looks like.
 */
export function show(value: unknown): string {
  const secret = secretLook(value);
  if (secret !== undefined) return `what looks like ${secret}, not shown`;
  const text = value === undefined ? "nothing" : typeof value === "number" ? String(value) : JSON.stringify(value);
  // Escaping makes a text longer, never shorter: what cannot be shown anyway is left out first.
  const escaped = text
    .slice(0, shownLength + 1)
    .replace(/[^\x20-\x7e]/gu, (char) =>
      Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
        "",
      ),
    );
  return escaped.length > shownLength ? `${escaped.slice(0, shownLength - 3)}...` : escaped;
}

const shownLength = 120;
