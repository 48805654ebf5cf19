import { z } from "zod";
import { imageOf } from "../../../catalog/image-of";
import { offCron } from "../../../catalog/off-hours";
import { labels, systemNodeToleration } from "../../../catalog/scheduling";
import { versions } from "../../../catalog/versions";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { switchScript } from "./switch-script";

/** Name of all that there is one of, and of the namespace. */
const name = "pool-hours";
const tokenFolder = "/var/run/pool-hours";

type Off = NonNullable<GpuPoolRef["off"]>;

/** What the queues of a pool do when its hours begin. Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/clusterqueue_types.go (v0.19.2) */
const stopPolicies: Readonly<Record<Off["jobs"], string>> = { finish: "Hold", stop: "HoldAndDrain" };

/** Fields of a ClusterQueue that are not for this add-on to change. */
const kept = [
  ...["resourceGroups", "cohortName", "queueingStrategy", "namespaceSelector", "flavorFungibility"],
  ...["preemption", "admissionChecksStrategy", "fairSharing", "admissionScope", "concurrentAdmissionPolicy"],
];

/**
 * Hours in which pools are off: when they begin, the queues of a pool let no job in, and the autoscaler takes idle nodes away; when they
 * end, they do again. Two CronJobs a pool, on the clock of its time zone. Costs a small pod on the system nodes twice a day.
 */
export const poolHours: AddOn = {
  name,
  gives: "pools that are empty at night and on weekends",
  verify:
    "kubectl --namespace pool-hours get cronjobs,jobs; kubectl get clusterqueues -o custom-columns=NAME:.metadata.name,STOP:.spec.stopPolicy",
  wanted: { when: "a GPU pool has `off`", holds: ({ pools }) => pools.some((it) => it.off !== undefined) },
  needs: ["kueue"],
  after: [],
  namespace: { name, podSecurity: "restricted", ingressPorts: [] },
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings: z.strictObject({}),
  contents: ({ facts: { pools } }) => {
    const metadata = { name, namespace: name };
    const subject = { kind: "ServiceAccount", name, namespace: name };
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name };
    return {
      values: {},
      crds: null,
      objects: {
        "pool-hours-account": {
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata,
          automountServiceAccountToken: false,
        },
        "pool-hours-role": {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRole",
          metadata: { name },
          rules: [{ apiGroups: ["kueue.x-k8s.io"], resources: ["clusterqueues"], verbs: ["list", "patch"] }],
        },
        "pool-hours-binding": {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRoleBinding",
          metadata: { name },
          roleRef,
          subjects: [subject],
        },
        // A role cannot say which field: without this whoever gets the token gives a team the GPUs of all.
        ...admissionPolicy("pool-hours-own-field", {
          apis: { groups: ["kueue.x-k8s.io"], versions: ["v1beta2"] },
          resources: ["clusterqueues"],
          operations: ["UPDATE"],
          appliesTo: `request.userInfo.username == 'system:serviceaccount:${name}:${name}'`,
          namespaces: null,
          variables: {},
          rules: [
            {
              expression: [
                ...kept.map((it) => `object.spec.?${it} == oldObject.spec.?${it}`),
                "object.metadata.?labels == oldObject.metadata.?labels",
              ].join(" && "),
              message: "The hours of pools change nothing of a queue but its stopPolicy.",
            },
          ],
        }),
        ...Object.fromEntries(
          pools.flatMap(({ key, off }) => (off === undefined ? [] : Object.entries(cronJobs(key, off)))),
        ),
      },
      handsOver: null,
    };
  },
};

/** Two CronJobs: one for the beginning of a pool's hours, one for their end. */
function cronJobs(pool: string, off: Off): Record<string, KubernetesObject> {
  const { begin, end } = offCron(off);
  return {
    [`pool-hours-${pool}-off`]: cronJob(pool, "off", begin, off.timeZone, stopPolicies[off.jobs]),
    [`pool-hours-${pool}-on`]: cronJob(pool, "on", end, off.timeZone, "None"),
  };
}

function cronJob(
  pool: string,
  which: "off" | "on",
  schedule: string,
  timeZone: string,
  stopPolicy: string,
): KubernetesObject {
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: `${pool}-${which}`, namespace: name },
    spec: {
      schedule,
      timeZone,
      // After an outage of up to six hours it is done late; later the next change of the day is nearer.
      startingDeadlineSeconds: 6 * 3600,
      concurrencyPolicy: "Replace",
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 6,
          ttlSecondsAfterFinished: 7 * 24 * 3600,
          template: { spec: podSpec(pool, stopPolicy) },
        },
      },
    },
  };
}

function podSpec(pool: string, stopPolicy: string): object {
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Never",
    // The only nodes that are always there.
    tolerations: [systemNodeToleration],
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "switch",
        image: imageOf(versions.nodeJs),
        command: [
          ...["node", "--eval", switchScript, "https://kubernetes.default.svc", tokenFolder],
          ...[labels.pool, pool, stopPolicy],
        ],
        env: [{ name: "NODE_EXTRA_CA_CERTS", value: `${tokenFolder}/ca.crt` }],
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "token", mountPath: tokenFolder, readOnly: true }],
      },
    ],
    volumes: [
      {
        name: "token",
        projected: {
          sources: [
            { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
            { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          ],
        },
      },
    ],
  };
}
