import type { InfiniBand } from "../../../catalog/vm-size";
import { isCount } from "../../engine/expect";
import { settingOf, type GivenSettings, type Setting } from "../../engine/setting";

/** Nodes that Azure support allows in one InfiniBand domain. @default `null`, the limit of the catalogue */
export const infiniBandGroupLimit: Setting<number | null> = {
  name: "infiniBandGroupLimit",
  schema: { type: "integer", minimum: 1, description: "Nodes that Azure support allows in one InfiniBand domain." },
  default: null,
  accepts: (given) => isCount(given, 1, Number.MAX_SAFE_INTEGER),
};

/** Nodes that one InfiniBand domain may have: the catalogue's limit, or the raised one of the configuration. */
export function domainLimit(infiniband: InfiniBand, settings: GivenSettings): number {
  const raised = settingOf(infiniBandGroupLimit, settings);
  return raised === null ? infiniband.maxDomainNodes : Math.min(raised, infiniband.maxDomainNodesOnRequest);
}
