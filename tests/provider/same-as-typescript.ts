import { expect } from "vitest";
import { record } from "../../preview/record";
import { programOf } from "../program-of";
import { tree } from "../recorded";

/** A resource of the engine's state, or of a recorded plan. */
interface Made {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** A state as the engine exports it. */
export interface Deployment {
  readonly resources?: readonly Made[];
}

/** Expects a state to hold what the example of an InfiniBand cluster in TypeScript plans: every resource, and all that Azure is asked. */
export async function expectSameAsTypeScript({ resources = [] }: Deployment): Promise<void> {
  const plan = await record({ stack: "lab", program: programOf("examples/infiniband-cluster/index.ts") });
  const made = resources.filter((it) => !it.type.startsWith("pulumi:"));
  const planned = plan.resources.filter((it) => !it.type.startsWith("pulumi:"));
  expect(tree(plan)).toHaveLength(25);
  expect(made.map(label).sort()).toEqual(planned.map(label).sort());
  expect(asked(made)).toEqual(asked(planned));
}

function label({ urn, parent = "" }: Made): string {
  const short = (it: string): string => it.split("::").slice(2).join(" ").split("$").at(-1) ?? "";
  return parent.includes("::pulumi:pulumi:Stack::") ? short(urn) : `${short(urn)} < ${short(parent)}`;
}

function asked(all: readonly Made[]): string[] {
  return all
    .filter(({ type }) => type.startsWith("azure-native:"))
    .map((it) => JSON.stringify([label(it), comparable(it.inputs ?? {})]))
    .sort();
}

/** Inputs in one order, without what names what only one of two worlds has: made-up IDs. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return "a GUID";
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, it]) => !key.startsWith("__") && it !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, it]) => [key, comparable(it)]));
}
