import type { Props } from "./arm-row";

/** An object of the inputs, empty for anything else. */
export function record(value: unknown): Props {
  return typeof value === "object" && value !== null ? (value as Props) : {};
}

/** A list of the inputs, empty for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text of the inputs, `null` for anything else. */
export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A number of the inputs, also one that is written as text; 0 for anything else. */
export function number(value: unknown): number {
  const parsed = typeof value === "string" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : 0;
}
