import { container, gpu, locking, own, pod } from "./bodies";
import { type Asked, says } from "./requests-of-teams";

const host = { httpGet: { host: "10.64.52.4", port: 443 } };
/** Requests of a team whose pods may add IPC_LOCK and are held to no level of Pod Security. */
export const ofLockingTeam: readonly Asked[] = [
  ["the capability to lock memory, as root", null, pod(own, { ...gpu, securityContext: { ...locking, runAsUser: 0 } })],
  [
    "no other capability",
    says.capabilities,
    pod({}, { securityContext: { capabilities: { add: ["IPC_LOCK", "SYS_ADMIN"] } } }),
  ],
  ["nor every one", says.capabilities, pod({}, { securityContext: { capabilities: { add: ["ALL"] } } })],
  [
    "nor one of an init container",
    says.capabilities,
    pod({ initContainers: [container({ name: "first", securityContext: { capabilities: { add: ["NET_RAW"] } } })] }),
  ],
  ["a privileged container", says.privileged, pod({}, { securityContext: { privileged: true } })],
  ["the network of the host", says.host, pod({ hostNetwork: true })],
  ["the processes of the host", says.host, pod({ hostPID: true })],
  ["the memory of the host", says.host, pod({ hostIPC: true })],
  ["files of the host", says.volumes, pod({ volumes: [{ name: "v", hostPath: { path: "/" } }] })],
  ["a port of the host", says.ports, pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] })],
  ["a probe of another host", says.probes, pod({}, { livenessProbe: host })],
  ["a hook to another host", says.probes, pod({}, { lifecycle: { preStop: host } })],
  ["a probe of its own", null, pod({}, { readinessProbe: { httpGet: { port: 80 } } })],
  ["no seccomp", says.confinement, pod({ securityContext: { seccompProfile: { type: "Unconfined" } } })],
  [
    "no seccomp in a container",
    says.confinement,
    pod({}, { securityContext: { seccompProfile: { type: "Unconfined" } } }),
  ],
  ["no AppArmor", says.confinement, pod({}, { securityContext: { appArmorProfile: { type: "Unconfined" } } })],
  [
    "no AppArmor, as it was said once",
    says.confinement,
    {
      ...pod(),
      metadata: { name: "probe", annotations: { "container.apparmor.security.beta.kubernetes.io/main": "unconfined" } },
    },
  ],
  ["an account of Windows", says.confinement, pod({ securityContext: { windowsOptions: { runAsUserName: "any" } } })],
  ["the whole of /proc", says.confinement, pod({ hostUsers: false }, { securityContext: { procMount: "Unmasked" } })],
  ["an SELinux type", says.confinement, pod({ securityContext: { seLinuxOptions: { type: "spc_t" } } })],
  ["a sysctl", says.sysctls, pod({ securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1" }] } })],
];
