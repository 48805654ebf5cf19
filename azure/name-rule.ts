/** Rule for the name of a resource: length in characters, pattern, or the only names that there are. */
export interface NameRule {
  readonly min?: number;
  readonly max?: number;
  /** Regular expression as text, so that published rules can be kept as JSON. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** The pattern in words. */
  readonly words?: string;
}

/** Whether a rule allows a name. */
export function allowsName({ min = 0, max = Infinity, pattern, values }: NameRule, name: string): boolean {
  return (
    name.length >= min &&
    name.length <= max &&
    (pattern === undefined || new RegExp(pattern).test(name)) &&
    (values === undefined || values.includes(name))
  );
}

/** A rule in words, for a message. */
export function describeRule({ min, max, pattern, values, words }: NameRule): string {
  if (values !== undefined) return values.join(" or ");
  const length = max === undefined ? `${min ?? 1} characters or more` : `${min ?? 1} to ${max} characters`;
  if (pattern === undefined) return length;
  if (words !== undefined) return `${length}: ${words}`;
  return min === undefined && max === undefined
    ? `characters that match ${pattern}`
    : `${length} that match ${pattern}`;
}
