import { MisconfiguredError, Problems } from "../../core/problems";

/** Variables of the environment. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Whether a variable says anything: a forge sets some to nothing. */
export function isSet(env: Env, name: string): boolean {
  return (env[name] ?? "") !== "";
}

/** What a value must be like, by the name of its variable. */
const forms: readonly Form[] = [
  {
    names: /TOKEN$/,
    holds: (it) => /^[\x21-\x7e]+$/.test(it),
    rule: "must be one line of ASCII characters without spaces",
    secret: true,
  },
  {
    names: /UR[IL]$/,
    holds: isAddress,
    rule: "must be an address that begins with https:// and holds no password",
    secret: false,
  },
];

/** What cannot be sent, whoever is to send it refuses in words that hold the token: it is looked at before. */
interface Form {
  readonly names: RegExp;
  readonly holds: (value: string) => boolean;
  readonly rule: string;
  /** Whether the value is never said. */
  readonly secret: boolean;
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

/**
 * Values of variables that a forge sets.
 * @param what What they are for, as a refusal calls it
 * @param why When the forge sets them
 * @throws MisconfiguredError that names all that are missing, and all that can be none of a forge
 */
export function forgeVariables<const N extends readonly string[]>(
  { what, why }: { readonly what: string; readonly why: string },
  env: Env,
  ...names: N
): { readonly [K in keyof N]: string } {
  const problems = new Problems();
  for (const it of names) {
    const value = env[it] ?? "";
    problems.require(value !== "", it, `must be set, as the forge does for ${why}`);
    for (const { holds, rule, secret } of forms.filter(({ names: own }) => value !== "" && own.test(it)))
      problems.require(holds(value), it, rule, secret ? {} : { got: value });
  }
  if (problems.list.length > 0) throw new MisconfiguredError(what, problems.list);
  return names.map((it) => env[it] ?? "") as { readonly [K in keyof N]: string };
}
