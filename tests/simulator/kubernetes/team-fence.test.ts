import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labels, memlockTaint } from "../../../catalog/scheduling";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { vision } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { asSomebody, type Said, untilRefused } from "./somebody";

/** Settings that the strictest level asks for. */
const confined = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};
/** As an image runs that needs to lock memory. */
const locking = { capabilities: { add: ["IPC_LOCK"] } };
const container = (more: object = {}): object => ({
  name: "main",
  image: "docker.io/library/anything:1",
  securityContext: confined,
  ...more,
});
const pod = (spec: object = {}, main: object = {}): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "probe" },
  spec: { containers: [container(main)], ...spec },
});
const service = (spec: object = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "probe" },
  spec: { ports: [{ port: 443 }], selector: { app: "probe" }, ...spec },
});
const own = { nodeSelector: { [labels.pool]: "h100" } };
const other = { nodeSelector: { [labels.pool]: "a100" } };
const takes = (resource: string): object => ({ resources: { limits: { [resource]: "1" } } });
const gpu = takes("nvidia.com/gpu");
const tolerates = (...tolerations: readonly object[]): object => ({ tolerations });

/** What a refusal of each rule says. */
const says = {
  pool: "must have a nodeSelector azure-gpu-cluster/pool",
  node: "must leave its node to the scheduler",
  taints: "must name each taint",
  priority: "must not have a priority class of the system",
  volumes: "A volume must be one of",
  externalIps: "must not have externalIPs",
  privileged: "must not be privileged",
  capabilities: "must add no capability but IPC_LOCK",
  host: "must not share a namespace of its node",
  ports: "must not take a port of its node",
  probes: "must connect to their own pod",
  confinement: "must keep the confinement",
  sysctls: "must not set sysctls",
} as const;

/** Requests of every team, and the rule that refuses them; null: accepted. */
const ofEveryTeam: readonly (readonly [what: string, says: string | null, body: object])[] = [
  ["a pod without GPUs", null, pod()],
  ["a pod with GPUs of its own pool", null, pod(own, gpu)],
  ["a pod with HCAs of its own pool", null, pod(own, takes("rdma/ib"))],
  [
    "a pod with GPUs that tolerates their taint",
    null,
    pod({ ...own, ...tolerates({ key: "nvidia.com/gpu", operator: "Exists" }) }, gpu),
  ],
  ["an affinity within its own pool", null, pod({ ...own, affinity: affinityTo("h100") }, gpu)],
  [
    "volumes of the cluster",
    null,
    pod({
      volumes: [
        { name: "shm", emptyDir: { medium: "Memory" } },
        { name: "claim", persistentVolumeClaim: { claimName: "lustre" } },
      ],
    }),
  ],
  ["GPUs of any pool", says.pool, pod({}, gpu)],
  ["GPUs of another pool", says.pool, pod(other, gpu)],
  ["GPUs by an affinity alone", says.pool, pod({ affinity: affinityTo("h100", "a100") }, gpu)],
  ["an instance of a MIG profile", says.pool, pod(other, takes("nvidia.com/mig-1g.10gb"))],
  ["a GPU of another vendor", says.pool, pod(other, takes("amd.com/gpu"))],
  ["HCAs alone", says.pool, pod(other, takes("rdma/ib"))],
  ["GPUs of an init container", says.pool, pod({ ...other, initContainers: [container({ name: "first", ...gpu })] })],
  [
    "GPUs by a resource claim",
    says.pool,
    pod({ ...other, resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "gpu" }] }),
  ],
  [
    "a place beside the GPUs of another pool",
    says.pool,
    pod({ ...other, ...tolerates({ key: "nvidia.com/gpu", operator: "Exists" }) }),
  ],
  ["a node by its name", says.node, pod({ nodeName: "aks-system-0" })],
  ["system nodes", says.taints, pod(tolerates({ key: "CriticalAddonsOnly", operator: "Exists" }))],
  ["every node", says.taints, pod(tolerates({ operator: "Exists" }))],
  [
    "a node that is being emptied",
    says.taints,
    pod(tolerates({ key: "node.kubernetes.io/unschedulable", operator: "Exists" })),
  ],
  ["a node that is not ready for work", says.taints, pod(tolerates({ key: memlockTaint.key, operator: "Exists" }))],
  ["priority over the cluster", says.priority, pod({ priorityClassName: "system-node-critical" })],
  [
    "an NFS share past the network rules",
    says.volumes,
    pod({ volumes: [{ name: "v", nfs: { server: "10.64.48.4", path: "/" } }] }),
  ],
  [
    "a volume of a driver without a claim",
    says.volumes,
    pod({ volumes: [{ name: "v", csi: { driver: "blob.csi.azure.com" } }] }),
  ],
  ["a service", null, service()],
  ["a service with the addresses of others", says.externalIps, service({ externalIPs: ["10.64.52.4"] })],
];

const host = { httpGet: { host: "10.64.52.4", port: 443 } };
/** Requests of a team whose pods may add IPC_LOCK and are held to no level of Pod Security. */
const ofLockingTeam: readonly (readonly [what: string, says: string | null, body: object])[] = [
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
  ["the whole of /proc", says.confinement, pod({ hostUsers: false }, { securityContext: { procMount: "Unmasked" } })],
  ["an SELinux type", says.confinement, pod({ securityContext: { seLinuxOptions: { type: "spc_t" } } })],
  ["a sysctl", says.sysctls, pod({ securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1" }] } })],
];

/** An affinity that asks for any of some pools. */
function affinityTo(...values: readonly string[]): object {
  const nodeSelectorTerms = [{ matchExpressions: [{ key: labels.pool, operator: "In", values }] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

/** Made, or refused by the rule that is expected to. */
function expectSaid({ status, message }: Said, refusedBy: string | null): void {
  expect(message).toContain(refusedBy ?? "");
  expect(status, message).toBe(refusedBy === null ? 201 : 422);
}

describeWithEngine("the fence around teams, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  const ask = (namespace: string, body: object): Promise<Said> => {
    const plural = `${text(toProps(body), "kind")?.toLowerCase()}s`;
    const somebody = { user: "somebody@example.com", groups: [vision.groupObjectId] };
    return asSomebody(plane, somebody)("POST", `/api/v1/namespaces/${namespace}/${plural}?dryRun=All`, body);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "team-fence-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    for (const it of ["node", "ipc-lock"] as const) await applyTeam(cluster, it);
    const was = {
      ...pod(tolerates({ operator: "Exists" })),
      metadata: { name: "was-there", namespace: "train-ipc-lock" },
    };
    await cluster.apply(toProps(was), { manager: "test" });
    const fence = planPlatform(addOns, {}, { kubernetesVersion: "1.36", pools: [] }).addOns[0];
    for (const it of Object.values(fence?.objects ?? {})) await cluster.apply(toProps(it), { manager: "test" });
    // A new policy is at work after a moment.
    const refused = [
      pod({ nodeName: "any" }),
      pod({}, { securityContext: { privileged: true } }),
      service({ externalIPs: ["10.0.0.1"] }),
    ];
    for (const it of refused) await untilRefused(() => ask("train-ipc-lock", it));
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe.each(["train-node", "train-ipc-lock"])("in %s", (namespace) => {
    test.each(ofEveryTeam)("answers %s: %s", async (_, expected, body) => {
      expectSaid(await ask(namespace, body), expected);
    });
  });

  test("leaves a pod alone that was there before, until its spec changes", async () => {
    const change = (body: object, subresource = ""): Promise<Said> => {
      const path = `/api/v1/namespaces/train-ipc-lock/pods/was-there${subresource}`;
      const somebody = asSomebody(plane, { user: "controller", groups: ["system:masters"] });
      return somebody("PATCH", path, body, "application/strategic-merge-patch+json");
    };
    expect(await change({ metadata: { labels: { seen: "yes" } } })).toEqual({ status: 200, message: "" });
    expectSaid(await change({ spec: { activeDeadlineSeconds: 60 } }), says.taints);
    const debugging = { spec: { ephemeralContainers: [{ name: "debug", image: "any:1" }] } };
    expectSaid(await change(debugging, "/ephemeralcontainers"), says.taints);
  });

  test.each(ofLockingTeam)("where memory is locked by capability, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-ipc-lock", body), expected);
  });
});
