import { parseArgs, type ParseArgsConfig } from "node:util";
import { closestNames } from "../core/closest-names";

/**
 * Reads options as Node does, which takes the last of an option that is given twice and forgets the others. A value that somebody gave is
 * never forgotten here.
 * @throws Error that names the option, for an unknown one, and for one that is given twice and has one value
 */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  const { tokens } = parsed(config);
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== "option" || token.value === undefined) continue;
    const { name, value } = token;
    const before = given.get(name);
    if (before !== undefined && config.options?.[name]?.multiple !== true)
      throw new Error(`--${name} must be given once; got ${before} and ${value}`);
    given.set(name, value);
  }
  return parseArgs(config);
}

/** Node's own words, but for an option that there is not: what the user may have meant is nearer than how to write a file of that name. */
function parsed(config: ParseArgsConfig): ReturnType<typeof parseArgs<ParseArgsConfig & { tokens: true }>> {
  try {
    return parseArgs({ ...config, tokens: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw error;
    const [rule = message] = message.split(". ");
    const given = /'-*([^']*)'/.exec(rule)?.[1] ?? "";
    const near = closestNames(given, Object.keys(config.options ?? {})).map((it) => `--${it}`);
    throw new Error(near.length > 0 ? `${rule}. Closest: ${near.join(", ")}` : rule);
  }
}
