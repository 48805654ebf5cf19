import type { RetryStrategy } from "@azure/core-rest-pipeline";

/** Longest wait that is worth it: who is told to wait longer is told so, and asks again later. */
const longestSeconds = 10;

/** When a request is tried again: as long as Azure asks to wait, else after half a second, one and two. What was refused is not. */
export const patience: RetryStrategy = {
  name: "patience",
  retry: ({ response, retryCount }) => {
    const again = response === undefined || [408, 429, 500, 502, 503, 504].includes(response.status);
    if (!again) return { skipStrategy: true };
    const asked = secondsOf(response?.headers.get("Retry-After"));
    if (asked !== undefined && asked > longestSeconds) return { skipStrategy: true };
    return { retryAfterInMs: (asked ?? 2 ** retryCount / 2) * 1000 };
  },
};

/** Seconds of a `Retry-After`, which is a number of them or a date. */
function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
