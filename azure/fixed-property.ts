/** What happens when a property that is set at creation is changed in the program. */
export interface FixedProperty {
  /** Path of the property; whatever lies below it counts too. `[]` stands for any element of a list. */
  readonly path: string;
  /**
   * `replaced`: the provider knows, and plans a replacement. `refused`: the provider does not know, plans an update, and
   * Azure refuses it when it is too late. `ignored`: Azure takes the update, and what runs stays as it was.
   */
  readonly onChange: "replaced" | "refused" | "ignored";
  /** Whether only to have it or not to have it is fixed, and what lies below may change. */
  readonly asWhole?: true;
  /** Azure's error code when it gets such an update. */
  readonly code: string;
  readonly source: string;
}

const code = "PropertyChangeNotAllowed";

/** Properties for which the provider plans a replacement by itself. */
export function replaced(source: string, ...paths: readonly string[]): readonly FixedProperty[] {
  return paths.map((path) => ({ path, onChange: "replaced", code, source }));
}

/** Properties that Azure refuses to change. */
export function refused(source: string, ...paths: readonly string[]): readonly FixedProperty[] {
  return paths.map((path) => ({ path, onChange: "refused", code, source }));
}

/** Properties that Azure takes or leaves at creation, while what lies below may change. */
export function refusedAsWhole(source: string, ...paths: readonly string[]): readonly FixedProperty[] {
  return paths.map((path) => ({ path, onChange: "refused", asWhole: true, code, source }));
}

/** Properties whose change does not reach what runs. */
export function ignored(source: string, ...paths: readonly string[]): readonly FixedProperty[] {
  return paths.map((path) => ({ path, onChange: "ignored", code, source }));
}

/** The first fixed property that covers a path such as `agentPoolProfiles[0].vmSize`. */
export function fixedAt(fixed: readonly FixedProperty[] | null, path: string): FixedProperty | undefined {
  const plain = path.replace(/\[\d+\]/g, "[]");
  return fixed?.find(
    (it) =>
      plain === it.path ||
      (it.asWhole !== true && (plain.startsWith(`${it.path}.`) || plain.startsWith(`${it.path}[`))),
  );
}

/**
 * The option `replaceOnChanges` for a resource that may be replaced: what the provider would update, and Azure would
 * refuse or ignore.
 */
export function replaceOnChanges({ fixed }: { readonly fixed: readonly FixedProperty[] }): string[] {
  return (
    fixed
      // Of one that is fixed as a whole the engine would replace for what lies below it, too.
      .filter((it) => it.onChange !== "replaced" && it.asWhole !== true)
      .map((it) => it.path.replaceAll("[]", "[*]"))
      .sort()
  );
}
