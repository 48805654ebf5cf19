import { records } from "../managed-prometheus/records";
import { type Dashboard, of, panel } from "./panel";

/** InfiniBand: ports, throughput, errors. */
export const infinibandDashboard: Dashboard = {
  key: "fabric",
  title: "InfiniBand",
  description: "Ports, throughput and errors of InfiniBand by node",
  ofOneTeam: false,
  rows: [
    {
      title: "Ports",
      panels: [
        panel("stat", "Ports at full speed", "Of all nodes together.", "short", 12, [
          [`sum(${of(records.portsActive)})`, "ports"],
        ]),
        panel(
          "stat",
          "Fewest ports of a node",
          "Of nodes with adapters each should have all that its size has.",
          "short",
          12,
          [[`min(${of(records.portsActive)})`, "ports"]],
        ),
        panel(
          "timeseries",
          "Ports at full speed, by node",
          "A node that falls out of the line of the others would hang a job.",
          "short",
          24,
          [[of(records.portsActive), "{{node}}"]],
        ),
      ],
    },
    {
      title: "Throughput",
      panels: [
        panel(
          "timeseries",
          "Received, by node",
          "Nodes of one job are alike: one that is lower holds the others up.",
          "Bps",
          12,
          [[of("node:infiniband_received_bytes:rate5m"), "{{node}}"]],
        ),
        panel("timeseries", "Sent, by node", "As above.", "Bps", 12, [
          [of("node:infiniband_transmitted_bytes:rate5m"), "{{node}}"],
        ]),
      ],
    },
    {
      title: "Errors",
      panels: [
        panel(
          "timeseries",
          "Links that went down in a day, by node",
          "Again and again: the adapter or the cable is bad.",
          "short",
          8,
          [[of("node:infiniband_link_downed:increase1d"), "{{node}}"]],
        ),
        panel(
          "timeseries",
          "Symbol errors an hour, by node",
          "A node that has many more than the others has a bad link.",
          "short",
          8,
          [[of("node:infiniband_symbol_errors:increase1h"), "{{node}}"]],
        ),
        panel("timeseries", "Packets received with errors an hour, by node", "None is the rule.", "short", 8, [
          [of("node:infiniband_receive_errors:increase1h"), "{{node}}"],
        ]),
      ],
    },
  ],
};
