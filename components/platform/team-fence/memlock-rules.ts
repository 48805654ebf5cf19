import { labels } from "../../../catalog/scheduling";
import type { MemlockMode } from "../../../catalog/memlock";
import type { FencePolicy } from "./fence-policy";
import { containers, podResources, specChanges } from "./pod-rules";

/** The mode in which a namespace enforces no Pod Security level of its own. */
const mode: MemlockMode = "ipc-lock";

/** Fields of a probe or a hook that say where it connects to. */
const handlers = [
  ...["livenessProbe", "readinessProbe", "startupProbe"],
  ...["lifecycle.?postStart", "lifecycle.?preStop"],
].flatMap((field) => [`it.?${field}.?httpGet.?host`, `it.?${field}.?tcpSocket.?host`]);

/**
 * What Pod Security's level `baseline` asks, and one capability more: no level lets pods add IPC_LOCK alone, so the namespaces
 * where they need it enforce `privileged` and are held to this. Stricter than `baseline` in that no other capability can be added,
 * and no SELinux options, Windows options or sysctls set. The rules for all teams refuse volumes of the host already.
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (baseline, v1.36)
 */
export const memlockRules: FencePolicy = {
  resources: podResources,
  operations: ["CREATE", "UPDATE"],
  appliesTo: specChanges,
  namespaces: [
    { key: labels.tenant, operator: "Exists" },
    { key: labels.memlock, operator: "In", values: [mode] },
  ],
  variables: {
    containers,
    // The settings of the pod and those of each container, which have fields in common.
    settings:
      "[object.spec.?securityContext.orValue({})] + variables.containers.map(it, it.?securityContext.orValue({}))",
  },
  rules: [
    {
      name: "privileged",
      expression: "variables.containers.all(it, !it.?securityContext.?privileged.orValue(false))",
      message: "A container must not be privileged.",
    },
    {
      name: "capabilities",
      expression:
        "variables.containers.all(it, it.?securityContext.?capabilities.?add.orValue([]).all(add, add == 'IPC_LOCK'))",
      message: "A container must add no capability but IPC_LOCK.",
    },
    {
      name: "host-namespaces",
      expression: ["hostNetwork", "hostPID", "hostIPC"].map((it) => `!object.spec.?${it}.orValue(false)`).join(" && "),
      message: "A pod must not share a namespace of its node: remove hostNetwork, hostPID and hostIPC.",
    },
    {
      name: "host-ports",
      expression: "variables.containers.all(it, it.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0))",
      message: "A container must not take a port of its node: remove hostPort.",
    },
    {
      name: "probe-hosts",
      expression: `variables.containers.all(it, ${handlers.map((it) => `${it}.orValue('') == ''`).join(" && ")})`,
      message: "Probes and hooks must connect to their own pod: remove host.",
    },
    {
      name: "confinement",
      expression:
        "variables.containers.all(it, it.?securityContext.?procMount.orValue('Default') == 'Default') && " +
        "variables.settings.all(it, it.?seccompProfile.?type.orValue('') != 'Unconfined' && " +
        "it.?appArmorProfile.?type.orValue('') != 'Unconfined' && " +
        "it.?seLinuxOptions.orValue(null) == null && it.?windowsOptions.orValue(null) == null)",
      message:
        "Containers must keep the confinement that they have by default: no procMount, no seccomp or AppArmor profile " +
        "Unconfined, no seLinuxOptions and no windowsOptions.",
    },
    {
      name: "sysctls",
      expression: "object.spec.?securityContext.?sysctls.orValue([]).size() == 0",
      message: "A pod must not set sysctls.",
    },
  ],
};
