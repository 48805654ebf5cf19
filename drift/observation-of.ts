import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isRecord } from "../core/property-value";
import { partsOf } from "../core/urn";
import type { Observation, Sides } from "./observation";

/** What an event of the engine tells of a look at a resource, undefined for events that tell of something else. */
export function observationOf({ resOutputsEvent }: EngineEvent): Observation | undefined {
  if (resOutputsEvent === undefined) return undefined;
  const { op, urn, type, old, new: now, detailedDiff } = resOutputsEvent.metadata;
  const from = old ?? now;
  if (from === undefined || type.startsWith("pulumi:")) return undefined;
  const before = sidesOf(from);
  const gone = op === "delete";
  const after = gone ? null : sidesOf(now ?? from);
  const wouldDo = Object.fromEntries(
    Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => {
      const replaces = diffKind.endsWith("replace");
      return [path, replaces ? ("replace" as const) : ("update" as const)];
    }),
  );
  const same = JSON.stringify(before) === JSON.stringify(after);
  return {
    urn,
    type,
    name: partsOf(urn).name,
    id: from.id,
    parent: from.parent,
    custom: from.custom ?? false,
    protect: from.protect ?? false,
    found: gone ? "gone" : same ? "same" : "changed",
    before,
    after,
    wouldDo,
  };
}

function sidesOf({ inputs, outputs }: { readonly inputs: unknown; readonly outputs: unknown }): Sides {
  return { inputs: isRecord(inputs) ? inputs : {}, outputs: isRecord(outputs) ? outputs : {} };
}
