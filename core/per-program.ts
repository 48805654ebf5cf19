import { runtime } from "@pulumi/pulumi";

/**
 * Something that every running Pulumi program has for itself, for rules between components that know nothing of each
 * other. The returned function answers `undefined` where no program runs: nothing is made there, and nothing can meet.
 */
export function perProgram<T>(make: () => T): () => T | undefined {
  const all = new WeakMap<object, T>();
  return () => {
    const program = runtime.getStackResource();
    if (program === undefined) return undefined;
    const found = all.get(program) ?? make();
    all.set(program, found);
    return found;
  };
}
