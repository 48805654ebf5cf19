import { z } from "zod";

/** Why a mapping has no such key, and what does what it was written for. */
export interface KeyElsewhere {
  /** The rule, as of a problem: it follows the path of the key. */
  readonly rule: string;
  readonly remedy: string;
}

/**
 * Keys that people write where they cannot be, because something alike has them. A schema registers its own, and whoever writes one is told
 * why. They stay unknown to types and editors.
 */
export const keysElsewhere = z.registry<{ readonly keysElsewhere: Readonly<Record<string, KeyElsewhere>> }>();
