import { type Problem, show } from "../core/problems";

/** What a release asks of a package.json. All of it may be missing or of another type. */
export interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly private?: unknown;
  readonly repository?: { readonly url?: unknown };
  readonly publishConfig?: { readonly access?: unknown; readonly provenance?: unknown };
}

/**
 * npm takes a package with provenance only where its manifest names the repository that built it.
 * Source: npm/documentation:content/packages-and-modules/securing-your-code/trusted-publishers.mdx, read 2026-12-03.
 * @param repository `owner/name`; undefined where nobody said it, and any repository of GitHub will do
 */
export function homeProblem({ repository }: Manifest, home: string | undefined): Problem | undefined {
  const wanted = `git+https://github.com/${home ?? "OWNER/NAME"}.git`;
  const url = repository?.url;
  const fits =
    typeof url === "string" &&
    (home === undefined ? /^git\+https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git$/.test(url) : url === wanted);
  if (fits) return undefined;
  return {
    path: "repository.url",
    rule: `must be ${wanted}: npm compares it with the repository that publishes`,
    got: show(url),
    remedy: `npm pkg set repository.type=git repository.url=${wanted}`,
  };
}
