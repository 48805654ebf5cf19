/** What the engine says went wrong, without its progress and its stack traces. */
export function engineMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").map((it) => it.trimEnd());
  const told = new Set(
    lines
      .map((it) => it.trim())
      .filter((it) => /^(error|panic): |^\* |^- \[mandatory\]|incorrect passphrase|locked by|: created by /.test(it)),
  );
  // The engine's last word says only that there was an error.
  for (const it of ["error: update failed", "error: preview failed"]) if (told.size > 1) told.delete(it);
  return [...told].join("\n") || lines.slice(-5).join("\n");
}
