import { Problems } from "../core/problems";
import { isRecord } from "../core/property-value";
import type { DeclaredSizes } from "./declared-figures";
import { sizesWith } from "./sizes-with";
import type { VmSize } from "./vm-size";
import { findSizeInAzure } from "./vm-sizes";

const prefix = "vmSize.";

/**
 * Tags by which machines of a declared size carry its figures, none for a size of the catalogue. Who sees the resource and no stack
 * file, as the policy pack does, judges it by them.
 */
export function sizeTags({ declared }: Pick<VmSize, "declared">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(declared ?? {}).map(([key, it]) => [
      `${prefix}${key}`,
      typeof it === "string" ? it : JSON.stringify(it),
    ]),
  );
}

/**
 * The size of machines in Azure: the row of the catalogue, else what their tags declare. Figures that could not be declared, because
 * they contradict the name or each other, count for nothing.
 */
export function findTaggedSize(name: string, tags: unknown): VmSize | undefined {
  const known = findSizeInAzure(name);
  if (known !== undefined || !isRecord(tags)) return known;
  const figures = Object.entries(tags).flatMap(([key, it]) =>
    key.startsWith(prefix) && typeof it === "string" ? [[key.slice(prefix.length), parsed(it)] as const] : [],
  );
  if (figures.length === 0) return undefined;
  const problems = new Problems();
  // Whatever a tag says is read by the same schema as a stack file.
  const sizes = sizesWith({ [name]: Object.fromEntries(figures) } as DeclaredSizes, problems);
  return problems.list.length === 0 ? sizes.get(name) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
