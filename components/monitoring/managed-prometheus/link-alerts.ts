import { linkFlaps } from "../../../catalog/link-flaps";
import type { MeteredPool } from "./metered-pool";
import { nodeOfPool, readyNode, records } from "./records";
import type { AlertRule } from "./rule-group";

/** Alerts on InfiniBand of the nodes of these pools, all of which have it. */
export function linkAlerts(pools: readonly MeteredPool[]): AlertRule[] {
  const down = pools.map(
    ({ key, infiniband }) =>
      `${records.portsActive} < ${infiniband?.hcas ?? 0} and on (cluster, node) ${nodeOfPool(key)}`,
  );
  return [
    { alert: "InfinibandPortDown", expression: `(${down.join(" or ")}) ${readyNode}` },
    // An increase is extrapolated to the whole day, so that four are a little more than four.
    { alert: "InfinibandLinkFlaps", expression: `node:infiniband_link_downed:increase1d > ${linkFlaps + 0.5}` },
    { alert: "InfinibandErrors", expression: "node:infiniband_receive_errors:increase1h > 0" },
  ];
}
