import { fabricPod, topologyKey } from "../catalog/fabric-pod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { labels, spotTaint } from "../catalog/scheduling";
import type { KubernetesObject } from "../components/platform/add-on";
import { serviceAccountName } from "../components/tenancy/service-account";
import { adapterClaims } from "../catalog/adapter-claims";
import type { RunPlace } from "./check";
import { claimsOf, computeDomain } from "./compute-domain";
import { jobName, jobOf, labelsOf } from "./job";

/** What runs on whole nodes of a pool. */
export interface WholeNodeWork {
  readonly name: string;
  readonly pods: number;
  readonly image: string;
  /** Program for bash. It writes what it found to `/dev/termination-log`. */
  readonly script: string;
  /** Whether its pods go to two InfiniBand domains, one to each, and not all into one. */
  readonly apart?: true;
  /** Claim of a team that is mounted at `/target`, with the identity of the team's pods. */
  readonly claim?: string;
}

/** The one volume that pods may write to. */
const scratch = { name: "tmp", emptyDir: { sizeLimit: "4Gi" } };

/** Objects of a check that takes nodes whole: what a pod of the pool has, in a job, and the ConfigMaps and claims that such a pod has. */
export function wholeNodeJob(place: RunPlace, profile: FabricProfile, work: WholeNodeWork): KubernetesObject[] {
  const { name, pods, image, script, apart, claim } = work;
  const own = { env: `${jobName(place, name)}-env`, files: `${jobName(place, name)}-files` };
  const adapters =
    profile.adapters === null ? null : { ...profile.adapters, template: `${jobName(place, name)}-adapters` };
  const { metadata, spec } = fabricPod({ ...profile, configMaps: own, adapters });
  const target = { name: "target", persistentVolumeClaim: { claimName: claim } };
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
    ...(profile.computeDomain ? [computeDomain(place, name)] : []),
    ...(adapters === null ? [] : [claimTemplate(place, name, adapters)]),
    ...jobOf(place, {
      name,
      pods,
      talks: pods > 1,
      pod: {
        // All that stands there asks a queue for one domain.
        metadata: apart ? {} : metadata,
        spec: {
          ...spec,
          ...(profile.computeDomain && { resourceClaims: claimsOf(spec, place, name) }),
          ...(claim !== undefined && { serviceAccountName }),
          tolerations: [...profile.tolerations, { key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }],
          ...(pods > 1 && { affinity: affinity(labelsOf(place, name), apart) }),
          containers: [
            {
              ...container,
              image,
              command: ["bash", "-c", script],
              // Where a pod ends without a word, the end of its log says why.
              terminationMessagePolicy: "FallbackToLogsOnError",
              securityContext: securityContext(profile.securityContext),
              volumeMounts: [
                ...mounts,
                { name: scratch.name, mountPath: "/tmp" },
                ...(claim === undefined ? [] : [{ name: target.name, mountPath: "/target" }]),
              ],
            },
          ],
          volumes: [...(spec["volumes"] as readonly unknown[]), scratch, ...(claim === undefined ? [] : [target])],
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

/** InfiniBand ends at its domain, and without Kueue nothing reads the annotation that says so. A rack is a domain of its own. */
function affinity(matchLabels: Readonly<Record<string, string>>, apart: true | undefined): object {
  return {
    [apart ? "podAntiAffinity" : "podAffinity"]: {
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
