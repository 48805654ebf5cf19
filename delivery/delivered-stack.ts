import type { OutputMap, PreviewOptions, UpOptions } from "@pulumi/pulumi/automation";
import type { StackLock } from "./read-locks";

/** A real stack, as far as a delivery asks. */
export interface DeliveredStack {
  readonly pulumiVersion: string;
  readonly preview: (options: PreviewOptions) => Promise<unknown>;
  readonly up: (
    options: UpOptions,
  ) => Promise<{ readonly summary: { readonly result: string }; readonly outputs: OutputMap }>;
  /** The state as it lies in the backend: secrets stay encrypted. Two reads with no write in between are the same. */
  readonly state: () => Promise<unknown>;
  /** Commit of the last `up` that went well, by the history in the backend; `undefined` before the first. */
  readonly lastApplied: () => Promise<string | undefined>;
  /** Who holds it; `null` where the backend does not say. Needs the right to write. */
  readonly locks: () => Promise<readonly StackLock[] | null>;
  /** What was noted beside the state, by name. */
  readonly notes: () => Promise<Readonly<Record<string, string>>>;
  /** Keeps something short by a name, beside the state and apart from it: the next one wins. */
  readonly note: (name: string, text: string) => Promise<void>;
}
