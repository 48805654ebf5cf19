/**
 * Milliseconds after which a test counts as hanging, ten times what the slowest takes on a quiet machine. It only ends what
 * never would: a test says what it waits for, not how long that takes.
 */
export const hangGuard = 600_000;
