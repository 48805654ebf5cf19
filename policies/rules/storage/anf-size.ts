import { bytesPerGiB, netAppLimits } from "../../../catalog/netapp-levels";
import { isUnknown } from "../../../core/property-marks";
import { number, read, text } from "../../../core/property-tree";
import { about, expectAt, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

const [least, most] = netAppLimits.volumeGiB;

export const anfSize: StackRule = {
  id: 144,
  name: "anf-size",
  area: "storage",
  kind: "stack",
  types: [types.netAppPool, types.netAppVolume],
  title: "A NetApp volume has a size of whole GiB that Azure makes, and all volumes of a pool fit into it.",
  why: "Azure refuses others late, and where none is written the provider takes 100 GiB.",
  remedy: `Set usageThreshold to whole GiB in bytes, from ${least} to ${most} GiB, or isLargeVolume: true for more, and the pool's size to what its volumes have together.`,
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs articles/azure-netapp-files/azure-netapp-files-resource-limits.md",
  check: (resources) => {
    const volumes = resources.filter(({ type }) => sameType(type, types.netAppVolume));
    const pools = resources.filter(({ type }) => sameType(type, types.netAppPool));
    return [
      ...volumes.flatMap((it) => about(it, judgeVolume(it))),
      ...pools.flatMap((pool) =>
        about(
          pool,
          judgePool(
            pool,
            volumes.filter((it) => isIn(it, pool)),
          ),
        ),
      ),
    ];
  },
};

function judgeVolume({ inputs }: Subject): readonly Outcome[] {
  if (read(inputs, "isLargeVolume") === true) return [];
  const fits = (it: unknown): boolean =>
    typeof it === "number" && it % bytesPerGiB === 0 && it >= least * bytesPerGiB && it <= most * bytesPerGiB;
  return expectAt(inputs, "usageThreshold", fits, `be whole GiB in bytes, from ${least} to ${most} GiB`);
}

/** A volume whose pool or account is not known by name is in none. */
function isIn(volume: Subject, pool: Subject): boolean {
  return ["accountName", "poolName"].every((it) => {
    const [one, other] = [text(volume.inputs, it), text(pool.inputs, it)];
    return one !== undefined && one.toLowerCase() === other?.toLowerCase();
  });
}

function judgePool({ inputs }: Subject, volumes: readonly Subject[]): readonly Outcome[] {
  const [size, needed] = [
    read(inputs, "size"),
    volumes.reduce((all, it) => all + number(it.inputs, "usageThreshold"), 0),
  ];
  if (needed === 0) return [];
  if (isUnknown(size)) return [unjudged("size")];
  return typeof size === "number" && size >= needed
    ? []
    : [violation("size", size, `be at least ${needed} for ${volumes.map(({ name }) => name).join(", ")}`)];
}
