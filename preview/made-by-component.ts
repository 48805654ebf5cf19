import type { PlannedResource } from "../core/planned-resource";
import type { RecordedPlan } from "./recorded-plan";

/** What a component of the program makes. */
export interface MadeByComponent {
  /** The component, as people speak of it: `GpuPool h100`. */
  readonly component: string;
  /** Resources below it, counted by type. */
  readonly content: string;
}

/** A row for each component of the program, with what is below it. */
export function madeByComponent({ resources }: RecordedPlan): MadeByComponent[] {
  const root = resources.find((it) => it.type === "pulumi:pulumi:Stack")?.urn ?? "";
  const children = new Map<string, PlannedResource[]>();
  for (const it of resources) {
    const siblings = children.get(it.parent);
    if (siblings === undefined) children.set(it.parent, [it]);
    else siblings.push(it);
  }
  const below = (urn: string): PlannedResource[] =>
    (children.get(urn) ?? []).flatMap((it) => [...(it.custom ? [it] : []), ...below(it.urn)]);
  return (children.get(root) ?? []).map((component) => {
    const counts = new Map<string, number>();
    for (const it of component.custom ? [component] : below(component.urn)) {
      const kind = lastPart(it.type);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const content = [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).join(", ");
    return { component: `${lastPart(component.type)} ${component.name}`, content };
  });
}

function lastPart(type: string): string {
  return type.split(":").at(-1) ?? type;
}
