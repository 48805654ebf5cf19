import { unknownValue } from "../../../core/property-marks";
import { k8sCapabilities } from "../../../policies/rules/kubernetes/k8s-capabilities";
import { k8sNoDefaultSaToken } from "../../../policies/rules/kubernetes/k8s-no-default-sa-token";
import { k8sNoHostPorts } from "../../../policies/rules/kubernetes/k8s-no-host-ports";
import { k8sNoHostpath } from "../../../policies/rules/kubernetes/k8s-no-hostpath";
import { k8sNoPrivEscalation } from "../../../policies/rules/kubernetes/k8s-no-priv-escalation";
import { k8sNoSecretEnv } from "../../../policies/rules/kubernetes/k8s-no-secret-env";
import { k8sNonRoot } from "../../../policies/rules/kubernetes/k8s-non-root";
import { k8sProcSysctlOther } from "../../../policies/rules/kubernetes/k8s-proc-sysctl-other";
import { k8sSeccomp } from "../../../policies/rules/kubernetes/k8s-seccomp";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, hardenedIn, overlaid, overlay } from "../kubernetes-fixtures";
import { podTable } from "../pod-table";

const container = "containers[0]";
const escalation = `${container}.securityContext.allowPrivilegeEscalation`;
const capabilities = `spec.${container}.securityContext.capabilities`;

const byDefault = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"],
  ...["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];

const sysctls = [
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
];

/** Rules about what pods may do on their node, and what they carry. */
export const podRightTables: readonly RuleCases[] = [
  podTable(
    k8sNoPrivEscalation,
    { path: escalation, value: true, says: "is true; must be false", without: "is absent; must be false" },
    { fine: { "what is laid over a container that stands elsewhere": [[overlay]] } },
  ),
  podTable(
    k8sNoHostpath,
    {
      path: "volumes[0].hostPath",
      value: { path: "/var/run" },
      says: "is an object; must be absent",
    },
    {
      broken: {
        "a volume of the cluster": [
          [resource("kubernetes:core/v1:PersistentVolume", { spec: { hostPath: { path: "/mnt" } } })],
          "spec.hostPath is an object; must be absent",
        ],
      },
    },
  ),
  podTable(
    k8sNoHostPorts,
    {
      path: `${container}.ports[0].hostPort`,
      value: 8080,
      says: "is 8080; must be absent",
    },
    { fine: { "port nought": [{ [`spec.${container}.ports[0].hostPort`]: 0 }] } },
  ),
  podTable(
    k8sCapabilities,
    {
      path: `${container}.securityContext.capabilities.drop`,
      value: ["NET_RAW"],
      says: 'is ["NET_RAW"]; must hold ALL',
      without: "is absent; must hold ALL",
    },
    {
      fine: {
        "all dropped beside one that is named": [{ [`${capabilities}.drop`]: ["NET_RAW", "ALL"] }],
        "what is not known of what is dropped": [{ [`${capabilities}.drop`]: ["NET_RAW", unknownValue] }],
        "all that a runtime gives by default": [{ [`${capabilities}.add`]: [...byDefault, "IPC_LOCK"] }],
        "locked memory beside adapters of another name": [
          {
            [`spec.${container}.resources.limits["rdma/ib"]`]: undefined,
            [`spec.${container}.resources.limits["nvidia.com/mlnxnics"]`]: "8",
          },
        ],
      },
      broken: {
        "what is dropped, as a text": [
          { [`${capabilities}.drop`]: "ALL" },
          `${capabilities}.drop is "ALL"; must hold ALL`,
        ],
        "all of them": [
          { [`${capabilities}.add`]: ["CHOWN", "ALL"] },
          `${capabilities}.add[1] is "ALL"; must be one of ${byDefault.join(", ")}, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "a piece of root, laid over a container that stands elsewhere": [
          [changed(overlay, { [`${overlaid}.securityContext.capabilities.add`]: ["SYS_ADMIN"] })],
          `${overlaid}.securityContext.capabilities.add[0] is "SYS_ADMIN"; must be one of ${byDefault.join(", ")}, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "a piece of root": [
          { [`spec.${container}.securityContext.capabilities.add`]: ["SYS_ADMIN"] },
          `spec.${container}.securityContext.capabilities.add[0] is "SYS_ADMIN"; must be one of AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "locked memory without InfiniBand": [
          { [`spec.${container}.resources.limits["rdma/ib"]`]: undefined },
          `spec.${container}.securityContext.capabilities.add[0] is "IPC_LOCK"; must be one of AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT, or IPC_LOCK beside a limit of rdma/*`,
        ],
      },
    },
  ),
  podTable(
    k8sSeccomp,
    {
      path: "securityContext.seccompProfile.type",
      value: "Unconfined",
      says: 'is "Unconfined"; must be RuntimeDefault or Localhost, on the container or the pod',
      elsewhere: `${container}.securityContext.seccompProfile.type is absent; must be RuntimeDefault or Localhost, on the container or the pod`,
    },
    {
      broken: {
        "a container that leaves it": [
          { [`spec.${container}.securityContext.seccompProfile.type`]: "Unconfined" },
          `spec.${container}.securityContext.seccompProfile.type is "Unconfined"; must be RuntimeDefault or Localhost, on the container or the pod`,
        ],
        "no profile": [
          { "spec.securityContext.seccompProfile": undefined },
          `spec.${container}.securityContext.seccompProfile.type is absent; must be RuntimeDefault or Localhost, on the container or the pod`,
        ],
      },
      fine: {
        "on the container": [
          {
            "spec.securityContext": { runAsNonRoot: true },
            [`spec.${container}.securityContext.seccompProfile.type`]: "RuntimeDefault",
          },
        ],
        "a profile of its own": [{ "spec.securityContext.seccompProfile.type": "Localhost" }],
        "a container that mends what its pod says": [
          {
            "spec.securityContext.seccompProfile.type": "Unconfined",
            [`spec.${container}.securityContext.seccompProfile.type`]: "Localhost",
          },
        ],
      },
    },
  ),
  podTable(
    k8sNonRoot,
    {
      path: `${container}.securityContext.runAsUser`,
      value: 0,
      says: "is 0; must not be 0",
    },
    {
      broken: {
        "nothing said": [
          { "spec.securityContext.runAsNonRoot": undefined },
          `spec.${container}.securityContext.runAsNonRoot is absent; must be true, on the container or the pod`,
        ],
      },
    },
  ),
  podTable(
    k8sProcSysctlOther,
    {
      path: `${container}.securityContext.procMount`,
      value: "Unmasked",
      says: 'is "Unmasked"; must be absent or Default',
    },
    {
      broken: {
        "a host process": [
          { "spec.securityContext.windowsOptions": { hostProcess: true } },
          "spec.securityContext.windowsOptions.hostProcess is true; must not be true",
        ],
        "a sysctl of the node": [
          {
            "spec.securityContext.sysctls": [
              { name: "net.ipv4.tcp_syncookies", value: "1" },
              { name: "kernel.msgmax", value: "1" },
            ],
          },
          `spec.securityContext.sysctls[1].name is "kernel.msgmax"; must be one of ${sysctls.join(", ")}`,
        ],
        "no AppArmor": [
          { "spec.securityContext.appArmorProfile": { type: "Unconfined" } },
          'spec.securityContext.appArmorProfile.type is "Unconfined"; must not be Unconfined',
        ],
      },
      fine: {
        "every safe sysctl": [{ "spec.securityContext.sysctls": sysctls.map((name) => ({ name, value: "1" })) }],
        "the mount that is the default": [{ [`spec.${container}.securityContext.procMount`]: "Default" }],
      },
    },
  ),
  podTable(
    k8sNoSecretEnv,
    {
      path: `${container}.env[0].value`,
      value: `hf_${"x".repeat(24)}`,
      says: "is text with a Hugging Face token; must hold no secret",
    },
    {
      tools: false,
      fine: {
        "what only sounds like one": [
          {
            [`spec.${container}.env`]: [
              { name: "TOKENIZERS_PARALLELISM", value: "false" },
              { name: "HF_TOKEN", value: "$(FROM_VAULT)" },
              { name: "API_KEY", valueFrom: {} },
              { name: "DB_PASSWORD", value: "" },
              { name: "TLS_SECRET", value: "/run/secrets/tls" },
              { name: "USE_API_KEY", value: "True" },
              { name: "CLIENT_SECRET", value: "12" },
              { name: "HF_TOKEN_PATH", value: "models" },
            ],
          },
        ],
      },
      unknown: {
        "all of a variable": [{ [`spec.${container}.env[1]`]: unknownValue }, `?spec.${container}.env[1]`],
      },
      broken: {
        "a name and a value that say it, told once": [
          { [`spec.${container}.env[1]`]: { name: "HF_TOKEN", value: `hf_${"x".repeat(24)}` } },
          `spec.${container}.env[1].value is text with a Hugging Face token; must hold no secret`,
        ],
        "a value without a name": [
          { [`spec.${container}.env[0]`]: { value: `hf_${"x".repeat(24)}` } },
          `spec.${container}.env[0].value is text with a Hugging Face token; must hold no secret`,
        ],
        "a name that says it": [
          { [`spec.${container}.env[0]`]: { name: "WANDB_API_KEY", value: "0123abcd" } },
          `spec.${container}.env[0].value is text with a value whose name says that it is secret; must hold no secret`,
        ],
        "a ConfigMap": [
          [resource("kubernetes:core/v1:ConfigMap", { data: { "job.env": `token=ghp_${"x".repeat(30)}` } })],
          'data["job.env"] is text with a GitHub token; must hold no secret',
        ],
      },
    },
  ),
  table(k8sNoDefaultSaToken, hardened, {
    compliant: {
      "an account": [[resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: false })]],
      "workload identity of an account of its own": [{ 'metadata.labels["azure.workload.identity/use"]': "true" }],
      "the default account without workload identity": [{ "spec.serviceAccountName": "default" }],
      "no workload identity, in so many words": [
        { 'metadata.labels["azure.workload.identity/use"]': "false", "spec.serviceAccountName": undefined },
      ],
    },
    broken: {
      "workload identity of everybody": [
        { 'metadata.labels["azure.workload.identity/use"]': "true", "spec.serviceAccountName": "default" },
        'spec.serviceAccountName is "default"; must be an account of its own beside workload identity',
      ],
      "workload identity of an account without a name": [
        { 'metadata.labels["azure.workload.identity/use"]': "true", "spec.serviceAccountName": "" },
        'spec.serviceAccountName is ""; must be an account of its own beside workload identity',
      ],
      "workload identity of everybody, in a Deployment": [
        [
          changed(hardenedIn("apps/v1:Deployment", "spec.template.spec"), {
            'spec.template.metadata.labels["azure.workload.identity/use"]': "true",
            "spec.template.spec.serviceAccountName": undefined,
          }),
        ],
        "spec.template.spec.serviceAccountName is absent; must be an account of its own beside workload identity",
      ],
      "an account that gives its token": [
        [resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: true })],
        "automountServiceAccountToken is true; must be false",
      ],
    },
    absent: {
      "the word": [
        [resource("kubernetes:core/v1:ServiceAccount", {})],
        "automountServiceAccountToken is absent; must be false",
      ],
    },
    unknown: {
      "the word": [
        [resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: unknownValue })],
        "?automountServiceAccountToken",
      ],
    },
    notApplicable: { "another type": [[account]] },
  }),
];
