/** One resource as the program registered it. */
export interface RecordedResource {
  readonly urn: string;
  /** Type token, for example `azure-native:network:Subnet`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Whether a provider makes it; a component only groups others. */
  readonly custom: boolean;
  /** URN of the parent, empty for the stack itself. */
  readonly parent: string;
  /** ID that a provider would give it, empty for components. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `urn::id` of an explicit provider, empty for the default one. */
  readonly provider: string;
  readonly options: RecordedOptions;
}

/** Options that were set, and only those. */
export interface RecordedOptions {
  /** URNs that the resource may have in a state that was made before. Children inherit them, in the engine. */
  readonly aliases?: readonly string[];
  readonly protect?: boolean;
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly customTimeouts?: { readonly create: string; readonly update: string; readonly delete: string };
}

/** Everything that a program would make, in the order in which it registered it. */
export interface RecordedPlan {
  readonly stack: string;
  readonly resources: readonly RecordedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}
