type Env = Readonly<Record<string, string | undefined>>;

/**
 * Page of the pipeline's run that we are in; `null` on a laptop. Made of variables that the forge sets.
 * Sources: docs.github.com "Variables reference"; learn.microsoft.com "Use predefined variables"; docs.gitlab.com "Predefined CI/CD
 * variables reference" (2026-12-02).
 */
export function runPage(env: Env): string | null {
  const all = (...names: string[]): string[] | undefined => {
    const values = names.flatMap((it) => env[it] ?? []);
    return values.length === names.length ? values : undefined;
  };
  const github = all("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID");
  if (github !== undefined) return `${github[0] ?? ""}/${github[1] ?? ""}/actions/runs/${github[2] ?? ""}`;
  const azure = all("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_BUILDID");
  if (azure !== undefined)
    return `${azure[0] ?? ""}${encodeURIComponent(azure[1] ?? "")}/_build/results?buildId=${azure[2] ?? ""}`;
  return env["CI_JOB_URL"] ?? null;
}
