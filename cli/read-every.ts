import { MisconfiguredError } from "../core/problems";

/**
 * Reads everything that is given, and tells of all that is wrong at once: whoever gave ten files mends them in one go.
 * @throws MisconfiguredError of the one that cannot be read, or of several with the subject before each path
 */
export function readEvery<T, U>(given: readonly T[], read: (it: T) => U): readonly U[] {
  const wrong: MisconfiguredError[] = [];
  const all = given.flatMap((it) => {
    try {
      return [read(it)];
    } catch (error) {
      if (!(error instanceof MisconfiguredError)) throw error;
      wrong.push(error);
      return [];
    }
  });
  const [only, ...others] = wrong;
  if (only === undefined) return all;
  if (others.length === 0) throw only;
  throw new MisconfiguredError(
    "What is to be judged",
    wrong.flatMap(({ subject, problems }) => problems.map((it) => ({ ...it, path: `${subject}: ${it.path}` }))),
  );
}
