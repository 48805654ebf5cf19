/** What a package.json of the repository says, as far as packages differ in it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly repository?: unknown;
  readonly publishConfig?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What only the repository needs: npm would run some of it on the machines of users, and refuse to publish for some. */
const ofTheRepository = ["private", "scripts", "devDependencies", "overrides", "dependencies"];

/**
 * The package.json that users get.
 * @param own What the repository says of the package.
 * @param root What it says of the whole: version, where it lies, how it is published, and the exact version of each dependency.
 * @param needed Names of the packages that its code asks for.
 * @throws Error for a package that nobody would install
 */
export function publishedManifest(own: Manifest, root: Manifest, needed: readonly string[]): Manifest {
  const unknown = needed.filter((it) => !(it in (own.peerDependencies ?? {})) && !(it in (root.dependencies ?? {})));
  if (unknown.length > 0)
    throw new Error(`${own.name} asks for what neither its peers nor the dependencies have: ${unknown.join(", ")}`);
  const exact = Object.entries(root.dependencies ?? {}).filter(
    ([name]) => needed.includes(name) && !(name in (own.peerDependencies ?? {})),
  );
  return {
    ...(Object.fromEntries(Object.entries(own).filter(([key]) => !ofTheRepository.includes(key))) as Manifest),
    version: root.version,
    ...(root.repository !== undefined && { repository: root.repository }),
    ...(root.publishConfig !== undefined && { publishConfig: root.publishConfig }),
    ...(exact.length > 0 && { dependencies: Object.fromEntries(exact) }),
  };
}
