import { absentOr, expectAt, isCount } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, onInfiniBand } from "../../engine/sizes";
import { types } from "../../engine/types";
import { domainLimit, infiniBandGroupLimit } from "../gpu/infiniband-group-limit";

export const npIbBounds: ResourceRule = {
  id: 87,
  name: "np-ib-bounds",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "An InfiniBand pool never has more nodes than one InfiniBand domain.",
  why: "Above the limit AKS spreads the pool over several fabrics, and jobs over them fall back to TCP.",
  remedy: "Use more pools, or set infiniBandGroupLimit of this rule once Azure support has raised the limit.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs setup-infiniband.md",
  settings: [infiniBandGroupLimit],
  check: (resource, { settings }) =>
    nodePools(resource).flatMap((pool) =>
      onInfiniBand(resource.inputs, `${pool}vmSize`, (infiniband) => {
        const most = domainLimit(infiniband, settings);
        const fits = absentOr((it) => isCount(it, 0, most));
        return ["count", "maxCount"].flatMap((it) =>
          expectAt(resource.inputs, `${pool}${it}`, fits, `be a whole number from 0 to ${most}`),
        );
      }),
    ),
};
