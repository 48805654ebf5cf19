import { isSecret, Output } from "@pulumi/pulumi";
import { joinPath, type Problem } from "../core/problems";

/** Paths of the inputs that are secrets, each as a whole. */
export async function secretPaths(given: unknown, path = ""): Promise<readonly string[]> {
  if (Output.isInstance(given)) return (await isSecret(given)) ? [path] : [];
  if (typeof given !== "object" || given === null) return [];
  const parts = Object.entries(given).map(([key, it]) =>
    secretPaths(it, joinPath(path, Array.isArray(given) ? `[${key}]` : key)),
  );
  return (await Promise.all(parts)).flat();
}

/** A problem without the value given, where that is a secret, holds one or is a part of one. */
export function withoutSecrets(problem: Problem, secrets: readonly string[]): Problem {
  const { path, rule, got } = problem;
  const isSecret = secrets.some((it) => isWithin(it, path) || isWithin(path, it));
  // A remedy for a value may repeat it.
  return isSecret && got !== undefined ? { path, rule } : problem;
}

function isWithin(part: string, whole: string): boolean {
  return part === whole || whole === "" || (part.startsWith(whole) && /^[.[]/.test(part.slice(whole.length)));
}
