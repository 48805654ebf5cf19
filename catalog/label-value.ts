/**
 * Value of a label of Kubernetes.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const labelValuePattern = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** A text as the value of a label, with hyphens for what a label does not take. Null where nothing of it can stand there. */
export function labelValue(text: string): string | null {
  const value = text
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 63)
    .replace(/^[._-]+|[._-]+$/g, "");
  return value === "" ? null : value;
}
