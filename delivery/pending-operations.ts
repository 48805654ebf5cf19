import { z } from "zod";

const pendingState = z.object({
  pending_operations: z.array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) })).default([]),
});

/** An operation of which the engine never heard the end. */
export interface PendingOperation {
  /** What the engine was at: `creating`, `updating`, `deleting`. */
  readonly operation: string;
  readonly urn: string;
}

/** Operations that a state holds without their end. Of a stack that holds nothing the backend says `undefined` or null. */
export function pendingOperations(state: unknown): PendingOperation[] {
  const { pending_operations: all } = pendingState.parse(state ?? {});
  return all.map(({ type, resource }) => ({ operation: type, urn: resource.urn }));
}
