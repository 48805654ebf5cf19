/** A token bucket at a point in simulated time. Tokens below zero are promised to requests that wait already. */
export interface Bucket {
  readonly tokens: number;
  /** Simulated second for which `tokens` holds. */
  readonly at: number;
}

/** How a bucket fills. */
export interface BucketRule {
  readonly size: number;
  readonly perMinute: number;
}

/**
 * Takes one token. Returns how long the request must wait for it: a client that retries after each `Retry-After` gets
 * there at the same time. Waiting requests are served in the order they came.
 */
export function takeToken(
  bucket: Bucket | undefined,
  { size, perMinute }: BucketRule,
  now: number,
): { readonly bucket: Bucket; readonly waitSeconds: number } {
  const before = bucket ?? { tokens: size, at: now };
  const filled = Math.min(size, before.tokens + ((now - before.at) / 60) * perMinute);
  const tokens = filled - 1;
  return { bucket: { tokens, at: now }, waitSeconds: tokens >= 0 ? 0 : (-tokens / perMinute) * 60 };
}
