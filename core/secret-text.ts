/** How tokens of well-known services begin. */
const ofServices = "(gh[pousr]_|github_pat_|glpat-|hf_|pul-|sk-|npm_|pypi-|dckr_pat_)";

/** What text looks like that must not be printed, the first that fits. Wherever it stands: people paste into the wrong field. */
const looks: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN|PRIVATE KEY|PuTTY-User-Key/i],
  ["a connection string", /\b(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd|ClientSecret)\s*=/i],
  ["an address with a password", /:\/\/[^/\s:@]*:[^/\s@]+@/],
  ["a shared access signature", /[?&;]?\bsig=[\w%+/=-]{8,}/i],
  // What the CLI writes below `secure:`, and what is left of it once it is base64 alone.
  ["an encrypted secret", /\bv1:[\w+/=-]{6,}|\bAAAB[\w+/=-]{6,}|\bsecure:/],
  ["a web token", /\beyJ[\w-]{6,}/],
  ["a bearer token", /\bBearer\s+\S{8,}/i],
  ["a token", new RegExp(`${ofServices}\\w{8,}|xox[abprs]-\\w{8,}|\\b(AKIA|ASIA)[A-Z\\d]{12,}`)],
  // Entra ID's client secrets: three characters, a digit and Q~.
  ["a client secret", /[\w.~-]{3}\dQ~[\w.~-]{8,}/],
];

/** Forms that nobody writes who has no secret. Those above also fit plain words: `Password=` of a command, `npm_config_cache`, `v1:latest-build`. */
const certain: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a connection string", /\b(AccountKey|SharedAccessKey)\s*=\s*[\w+/]{8,}/i],
  ["a token", new RegExp(`(?<![A-Za-z\\d-])${ofServices}[A-Za-z\\d]{20,}`)],
  ["a token", /\bxox[abprs]-[\w-]{20,}|\b(AKIA|ASIA)[A-Z\d]{16}\b/],
  ...looks.filter(([what]) => !["a connection string", "an encrypted secret", "a token"].includes(what)),
];

/** What a text certainly holds that must not stand in a file which is committed; `undefined` where it may well be something else. */
export function secretIn(text: string): string | undefined {
  return certain.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Names of keys whose value is a secret, whatever it looks like. */
const secretNames =
  /passw|passphrase|secret|token|credential|private_?key|api_?key|account_?key|connection_?string|^sas$/i;

/**
 * What a value looks like if it may hold a secret, for example `a private key`; `undefined` for a value that can be printed.
 * Lists and mappings are looked through, names included.
 */
export function secretLook(value: unknown): string | undefined {
  if (typeof value === "string") {
    const known = looks.find(([, pattern]) => pattern.test(value))?.[0];
    return known ?? (holdsRandomText(value) ? "a key or a token" : undefined);
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const named = !Array.isArray(value) && secretNames.test(name) && item !== null ? "a secret by its name" : undefined;
    const found = named ?? secretLook(name) ?? secretLook(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a text has a long run that no person made up: digits between letters in more than one place, hardly any of them
 * twice. UUIDs, ARM IDs, ranges and names of sizes have separators, so that their runs are short; `worker2026` has one place.
 */
function holdsRandomText(text: string): boolean {
  return (text.match(/[A-Za-z\d+]{20,}/g) ?? []).some(
    (run) =>
      // A family of quotas, which people get wrong and want to see: standardNDSB300v6Family.
      !/^standard.*family$/i.test(run) &&
      (run.match(/[A-Za-z+]\d+(?=[A-Za-z+])/g) ?? []).length > 1 &&
      entropy(run) > 3,
  );
}

/** Bits a character (Shannon). Words have about 3 to 3.5 but no digits, hexadecimal digests up to 4, base64 up to 6. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, it) => sum - (it / text.length) * Math.log2(it / text.length), 0);
}
