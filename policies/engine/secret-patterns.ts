/** Something that is a secret by its look. Messages name it and never show the text. */
interface SecretPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

const secretPatterns: readonly SecretPattern[] = [
  { name: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { name: "a shared access signature", pattern: /[?&]sig=[A-Za-z0-9%+/=]{20,}/i },
  { name: "a storage account key", pattern: /AccountKey=[A-Za-z0-9+/=]{20,}/i },
  { name: "a shared access key", pattern: /SharedAccessKey=[A-Za-z0-9+/=]{20,}/i },
  { name: "a bearer token", pattern: /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/ },
  { name: "a GitHub token", pattern: /\b(gh[pousr]|github_pat)_[A-Za-z0-9_]{20,}/ },
  { name: "a GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { name: "a token of a package registry", pattern: /\b(npm_|pypi-|dckr_pat_)[A-Za-z0-9_-]{20,}/ },
  { name: "a Pulumi token", pattern: /\bpul-[a-f0-9]{40}\b/ },
  // Three characters, a digit and Q~.
  { name: "a client secret of Entra ID", pattern: /(^|[^\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,}/ },
  { name: "an access key of AWS", pattern: /\b(AKIA|ASIA)[A-Z\d]{16}\b/ },
  { name: "a Hugging Face token", pattern: /\bhf_[A-Za-z0-9]{20,}/ },
  { name: "an NGC API key", pattern: /\bnvapi-[A-Za-z0-9_-]{20,}/ },
  { name: "a registry password", pattern: /\bdocker login\b[^\n]*\s(-p|--password)[ =]\S/ },
];

/** Names of the kinds of secrets that a text holds. */
export function secretsIn(text: string): readonly string[] {
  return secretPatterns.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}
