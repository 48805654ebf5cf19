import { MisconfiguredError } from "../core/problems";
import { readStackFile } from "../stacks/stack-file";
import { writtenValue } from "../stacks/written-value";

/**
 * Lock that a stack file named in another commit: `default` where it named none, since the default of then may be another one; `null` where
 * that commit has no such file, or none that can be read.
 */
export function lockBefore(file: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return writtenValue(readStackFile(file, text).values, "environment", "versions") ?? "default";
  } catch (error) {
    if (error instanceof MisconfiguredError) return null;
    throw error;
  }
}
