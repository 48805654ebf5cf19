/** A place that runs pipelines: the variable that only it sets, and those that say who started the run. */
interface Forge {
  readonly name: string;
  readonly mark: string;
  readonly actors: readonly string[];
}

/**
 * Sources: docs.github.com "Variables reference"; learn.microsoft.com "Use predefined variables"; docs.gitlab.com "Predefined CI/CD
 * variables reference" (2026-12-02).
 */
const forges: readonly Forge[] = [
  { name: "github", mark: "GITHUB_ACTIONS", actors: ["GITHUB_ACTOR", "GITHUB_TRIGGERING_ACTOR"] },
  { name: "azure-devops", mark: "TF_BUILD", actors: ["BUILD_REQUESTEDFOREMAIL"] },
  { name: "gitlab", mark: "GITLAB_CI", actors: ["GITLAB_USER_LOGIN"] },
];

/** Who started this run, as the forge knows them: `github:anna`. Nobody on a laptop. Unlike an address in a commit, nobody can make it up. */
export function forgeActors(env: Readonly<Record<string, string | undefined>>): string[] {
  const found = forges.flatMap(({ name, mark, actors }) =>
    env[mark] === undefined || env[mark] === ""
      ? []
      : actors.flatMap((it) => (env[it] === undefined || env[it] === "" ? [] : [`${name}:${env[it]}`.toLowerCase()])),
  );
  return [...new Set(found)].sort();
}
