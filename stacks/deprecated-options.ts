import { joinPath, type Problem, type Problems, showKey } from "../core/problems";
import { isRecord } from "../core/property-value";

/** An option of a stack file that has another name now, and is read by the old one for a while. */
export interface DeprecatedOption {
  /** The mapping that it stands in, from the section on, with `*` for any key: `gpuPools.*`. */
  readonly at: string;
  readonly was: string;
  readonly is: string;
  /** Version in which it got the new name. */
  readonly since: string;
  /** Version that does not know the old name any more: the next breaking one, or a later one. */
  readonly until: string;
}

/** All options that are read by an old name, too. */
export const deprecatedOptions: readonly DeprecatedOption[] = [];

/**
 * Gives options their new names, where they stood. One that is given by both names is a problem.
 * @returns the sections, and a warning for each old name
 */
export function renameOptions<Sections extends Readonly<Record<string, unknown>>>(
  raw: Sections,
  options: readonly DeprecatedOption[],
  problems: Problems,
): { readonly raw: Sections; readonly deprecations: readonly Problem[] } {
  const deprecations: Problem[] = [];
  const renamed = options.reduce<Sections>(
    (sections, option) =>
      rename(sections, option, { steps: option.at.split("."), path: "" }, { deprecations, problems }),
    raw,
  );
  return { raw: renamed, deprecations };
}

interface Told {
  readonly deprecations: Problem[];
  readonly problems: Problems;
}

function rename<T>(
  value: T,
  option: DeprecatedOption,
  { steps, path }: { readonly steps: readonly string[]; readonly path: string },
  told: Told,
): T {
  if (!isRecord(value)) return value;
  const [step, ...further] = steps;
  const entries = Object.entries(value).flatMap(([key, it]): (readonly [string, unknown])[] => {
    const at = joinPath(path, showKey(key));
    if (step !== undefined)
      return [[key, step === "*" || step === key ? rename(it, option, { steps: further, path: at }, told) : it]];
    if (key !== option.was) return [[key, it]];
    const { is, since, until } = option;
    if (is in value) {
      const rule = `must not stand beside ${is}, which is its name since ${since}`;
      told.problems.add({ path: at, rule, remedy: `Keep ${is}, and remove ${key}` });
      return [];
    }
    told.deprecations.push({
      path: at,
      rule: `is called ${is} since ${since}, and ${until} will not know the old name`,
      remedy: `Write ${is} in its place`,
    });
    return [[is, it]];
  });
  return Object.fromEntries(entries) as T;
}
