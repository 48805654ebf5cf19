import { absentOr, expectAt, notTrue, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { containers, podHolders, podSpecs } from "./pods";
import { isNodeTool } from "./node-tools";

/** Sysctls that each pod has for itself. */
const safe = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
];
export const k8sProcSysctlOther: ResourceRule = {
  id: 185,
  name: "k8s-proc-sysctl-other",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No pod unmasks /proc, sets unsafe sysctls, runs as a host process or leaves AppArmor.",
  why: "Each of them opens a way to the node that no GPU job needs.",
  remedy:
    "Remove procMount, hostProcess, an Unconfined appArmorProfile and the sysctls that Kubernetes does not call safe.",
  severity: "medium",
  levels: levels.always,
  source: "Pod Security Standards, procMount, sysctls, hostProcess, appArmorProfile; KSV-0026, 0027",
  check: (resource) => {
    if (isNodeTool(resource)) return [];
    const { inputs } = resource;
    return [...containers(resource), ...podSpecs(resource).map(({ path }) => path)]
      .map((it) => `${it}.securityContext`)
      .flatMap((at) => [
        ...expectAt(inputs, `${at}.procMount`, absentOr(oneOf("Default")), "be absent or Default"),
        ...expectAt(inputs, `${at}.windowsOptions.hostProcess`, notTrue, "not be true"),
        ...expectAt(inputs, `${at}.appArmorProfile.type`, (it) => it !== "Unconfined", "not be Unconfined"),
        ...expectAt(inputs, `${at}.sysctls[].name`, oneOf(...safe), `be one of ${safe.join(", ")}`),
      ]);
  },
};
