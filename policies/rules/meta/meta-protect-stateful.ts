import { expectProtected } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const metaProtectStateful: ResourceRule = {
  id: 222,
  name: "meta-protect-stateful",
  area: "meta",
  kind: "resource",
  types: [
    "storage:StorageAccount",
    "network:VirtualNetwork",
    "keyvault:Vault",
    "netapp:CapacityPool",
    "netapp:BackupVault",
    "operationalinsights:Workspace",
  ].map((it) => `azure-native:${it}`),
  title: "What holds data, keys or evidence, and the network that all hangs on, is protected against deletion.",
  why: "A renamed resource is a new one and the old one is deleted, in one update, with what is in it.",
  remedy: "Register the resource with the option protect: true. Clusters and file systems have rules of their own.",
  severity: "critical",
  levels: levels.notInDev,
  source: "ours",
  check: expectProtected,
};
