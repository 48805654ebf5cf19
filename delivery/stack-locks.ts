import type { Stack } from "@pulumi/pulumi/automation";
import { readLocks, type StackLock } from "./read-locks";

/**
 * Who holds a stack; `null` where the backend does not say. A stack that is renamed to its own name is first locked and then refused, with
 * nothing written: no command of pulumi only looks at locks.
 * Source: pulumi/pulumi:pkg/backend/diy/backend.go (renameStack, 3.246.0)
 */
export async function stackLocks(stack: Stack): Promise<readonly StackLock[] | null> {
  const { url = "" } = await stack.workspace.whoAmI();
  // Pulumi Cloud keeps no locks that somebody could forget.
  if (url.startsWith("https:")) return null;
  try {
    await stack.rename({ stackName: stack.name });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/already exists/.test(said)) return [];
    const locks = readLocks(said);
    if (locks.length > 0) return locks;
    throw error;
  }
  return [];
}
