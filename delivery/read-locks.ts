/** Who holds a stack, as a self-managed backend keeps it. It names no run of a pipeline. */
export interface StackLock {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** ISO time. */
  readonly since: string;
}

/**
 * Locks of a stack, out of what pulumi says of something that would need the stack.
 * Source: pulumi/pulumi:pkg/backend/diy/lock.go (3.246.0)
 */
export function readLocks(said: string): StackLock[] {
  // An error of the Automation API says what pulumi said more than once.
  const told = new Map(
    [...said.matchAll(/: created by (.*)@(.*) \(pid (\d+)\) at (\S+)/g)].map(
      ([whole, user = "", host = "", pid = "", since = ""]) =>
        [whole, { user, host, pid: Number(pid), since }] as const,
    ),
  );
  return [...told.values()];
}
