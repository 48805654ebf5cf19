import { show } from "../core/problems";
import { isSecret, signatureKey } from "../core/property-marks";
import { isList, isRecord } from "../core/property-value";
import type { ChangedValue } from "./changed-values";
import type { Observation } from "./observation";

/** What stands in place of a secret. */
export const secretText = "a secret, not shown";

/** Both values of a change as they may be printed; `null` where nothing was, or is. */
export function shownValues(
  change: ChangedValue,
  { type }: Pick<Observation, "type">,
): { before: string | null; after: string | null } {
  const isOfSecret =
    secretNames.test(change.path) || (type === "kubernetes:core/v1:Secret" && /^(stringD|d)ata\b/.test(change.path));
  const one = (value: unknown): string | null => {
    if (value === undefined || value === null) return null;
    return isOfSecret || value === secretText || holdsSecret(value) ? secretText : show(value);
  };
  const { before, after } = withoutSameBeginning(change);
  return { before: one(before), after: one(after) };
}

/** Two ARM IDs from where they differ: a long value is cut off behind, which is where the name of an ID stands. */
function withoutSameBeginning({ before, after }: ChangedValue): Pick<ChangedValue, "before" | "after"> {
  if (!isId(before) || !isId(after)) return { before, after };
  const [one, other] = [before.split("/"), after.split("/")];
  const at = one.findIndex((part, index) => part.toLowerCase() !== other[index]?.toLowerCase());
  const rest = (parts: readonly string[]): string => ["...", ...parts.slice(at)].join("/");
  return at < 1 ? { before, after } : { before: rest(one), after: rest(other) };
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("/subscriptions/");
}

/** What is a secret by its name, or often has one in it, though no provider may have marked it: others wrote it. */
const secretNames =
  /(^|\.)(customData|userData|protectedSettings|\w*(password|secret|connectionString|sasToken|accessKey|privateKey))($|\.|\[)/i;

/** Whether a value is a secret, or has one in it. */
export function holdsSecret(value: unknown): boolean {
  if (value === "[secret]") return true;
  if (isList(value)) return value.some(holdsSecret);
  return (
    isRecord(value) &&
    (isSecret(value) ||
      Object.hasOwn(value, signatureKey) ||
      Object.entries(value).some(([key, it]) => secretNames.test(key) || holdsSecret(it)))
  );
}
