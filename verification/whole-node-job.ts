import { fabricPod, topologyKey } from "../catalog/fabric-pod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { labels, spotTaint } from "../catalog/scheduling";
import type { KubernetesObject } from "../components/platform/add-on";
import { adapterClaims } from "../components/tenancy/team-namespace/adapter-claims";
import type { RunPlace } from "./check";
import { jobName, jobOf, labelsOf } from "./job";

/** What runs on whole nodes of a pool. */
export interface WholeNodeWork {
  readonly name: string;
  readonly pods: number;
  readonly image: string;
  /** Program for bash. It writes what it found to `/dev/termination-log`. */
  readonly script: string;
}

/** The one volume that pods may write to. */
const scratch = { name: "tmp", emptyDir: { sizeLimit: "4Gi" } };

/** Objects of a check that takes nodes whole: what a pod of the pool has, in a job, and the ConfigMaps and claims that such a pod has. */
export function wholeNodeJob(place: RunPlace, profile: FabricProfile, work: WholeNodeWork): KubernetesObject[] {
  const { name, pods, image, script } = work;
  const own = { env: `${jobName(place, name)}-env`, files: `${jobName(place, name)}-files` };
  const adapters =
    profile.adapters === null ? null : { ...profile.adapters, template: `${jobName(place, name)}-adapters` };
  const { metadata, spec } = fabricPod({ ...profile, configMaps: own, adapters });
  const [container] = spec["containers"] as readonly Readonly<Record<string, unknown>>[];
  const mounts = container?.["volumeMounts"] as readonly unknown[];
  const configMap = (configMapName: string, data: Readonly<Record<string, string>>): KubernetesObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: configMapName, namespace: place.namespace, labels: labelsOf(place, name) },
    data,
  });
  return [
    configMap(own.env, profile.env),
    ...(profile.topologyFile === null ? [] : [configMap(own.files, { [topologyKey]: profile.topologyFile.content })]),
    ...(adapters === null ? [] : [claimTemplate(place, name, adapters)]),
    ...jobOf(place, {
      name,
      pods,
      talks: pods > 1,
      pod: {
        metadata,
        spec: {
          ...spec,
          tolerations: [...profile.tolerations, { key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }],
          ...(pods > 1 && { affinity: sameDomain(labelsOf(place, name)) }),
          containers: [
            {
              ...container,
              image,
              command: ["bash", "-c", script],
              // Where a pod ends without a word, the end of its log says why.
              terminationMessagePolicy: "FallbackToLogsOnError",
              securityContext: securityContext(profile.securityContext),
              volumeMounts: [...mounts, { name: scratch.name, mountPath: "/tmp" }],
            },
          ],
          volumes: [...(spec["volumes"] as readonly unknown[]), scratch],
        },
      },
    }),
  ];
}

function claimTemplate(
  place: RunPlace,
  name: string,
  adapters: NonNullable<FabricProfile["adapters"]>,
): KubernetesObject {
  const { metadata, spec } = adapterClaims(adapters);
  const { namespace } = place;
  return {
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaimTemplate",
    metadata: { ...metadata, namespace, labels: labelsOf(place, name) },
    spec,
  };
}

/** InfiniBand ends at its domain, and without Kueue nothing reads the annotation that says so. */
function sameDomain(matchLabels: Readonly<Record<string, string>>): object {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels }, topologyKey: labels.infinibandDomain },
      ],
    },
  };
}

function securityContext(own: FabricProfile["securityContext"]): object {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
    ...own,
  };
}
