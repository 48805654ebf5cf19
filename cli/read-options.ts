import { parseArgs, type ParseArgsConfig } from "node:util";

/**
 * Reads options as Node does, which takes the last of an option that is given twice and forgets the others. A value that somebody gave is
 * never forgotten here.
 * @throws Error that names the option, for an unknown one, and for one that is given twice and has one value
 */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  const { tokens } = parseArgs({ ...config, tokens: true });
  const given = new Map<string, string>();
  for (const token of tokens ?? []) {
    if (token.kind !== "option" || token.value === undefined) continue;
    const { name, value } = token;
    const before = given.get(name);
    if (before !== undefined && config.options?.[name]?.multiple !== true)
      throw new Error(`--${name} must be given once; got ${before} and ${value}`);
    given.set(name, value);
  }
  return parseArgs(config);
}
