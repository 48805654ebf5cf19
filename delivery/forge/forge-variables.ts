import { MisconfiguredError, Problems } from "../../core/problems";

/** Variables of the environment. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Whether a variable says anything: a forge sets some to nothing. */
export function isSet(env: Env, name: string): boolean {
  return (env[name] ?? "") !== "";
}

/**
 * Values of variables that a forge sets.
 * @param what What they are for, as a refusal calls it
 * @param why When the forge sets them
 * @throws MisconfiguredError that names all that are missing
 */
export function forgeVariables<const N extends readonly string[]>(
  { what, why }: { readonly what: string; readonly why: string },
  env: Env,
  ...names: N
): { readonly [K in keyof N]: string } {
  const problems = new Problems();
  for (const it of names) problems.require(isSet(env, it), it, `must be set, as the forge does for ${why}`);
  if (problems.list.length > 0) throw new MisconfiguredError(what, problems.list);
  return names.map((it) => env[it] ?? "") as { readonly [K in keyof N]: string };
}
