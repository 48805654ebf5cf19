import { lustrePorts } from "../../../catalog/ports";
import { onOpenRules, parsePorts, securityRuleTypes } from "./nsg";
import { levels, type ResourceRule } from "../../engine/rule";

/** SSH, RDP, WinRM, NFS, Lustre, Kubernetes. */
const adminPorts = ["22", "3389", "5985", "5986", "2049", ...lustrePorts, "6443"];

export const nsgNoAdminFromInternet: ResourceRule = {
  id: 101,
  name: "nsg-no-admin-from-internet",
  area: "network",
  kind: "resource",
  types: securityRuleTypes,
  title: "No security rule lets the internet reach a port for administration or for storage.",
  why: "These ports are scanned all the time, and one weak or stolen credential is then enough.",
  remedy: "Name the networks that need the port, or use the private network and Azure Bastion.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000137; CKV_AZURE_9, CKV_AZURE_10; AZU-0048, AZU-0050",
  check: (resource) =>
    onOpenRules(resource, ({ source, ports }) => {
      const reached = adminPorts.filter((it) =>
        parsePorts(it).some((closed) => ports.some(({ from, to }) => from <= closed.to && closed.from <= to)),
      );
      if (reached.length === 0) return [];
      const must = `be a network of yours while the rule allows port ${reached.join(", ")}`;
      return [{ path: source.path, is: JSON.stringify(source.value), must }];
    }),
};
