import type { FabricProfile } from "./fabric-profile";

/** What a whole-node pod is made of beside its image and its command, as a manifest has it, with one container `main`. */
export type FabricPod = Readonly<Record<"metadata" | "spec", Readonly<Record<string, unknown>>>>;

/** Name of the claim of a ComputeDomain in its pods, and of the template that the job has for it. */
export const domainClaim = "compute-domain";

/** Name of the claim of adapters in its pods. */
const adapterClaim = "adapters";

/** Key of the topology file in the ConfigMap of files. */
export const topologyKey = "topology.xml";

/**
 * The pod of a profile. Its variables come from the ConfigMap of the pool, so that they change with the pool and not in every
 * template. With a ComputeDomain the job brings the template of claims, `compute-domain`.
 */
export function fabricPod(profile: FabricProfile): FabricPod {
  const { resources, configMaps, adapters, sharedMemory, securityContext, topologyFile, computeDomain } = profile;
  const resourceClaims = [
    ...(adapters === null ? [] : [{ name: adapterClaim, resourceClaimTemplateName: adapters.template }]),
    ...(computeDomain ? [{ name: domainClaim, resourceClaimTemplateName: domainClaim }] : []),
  ];
  const claims = resourceClaims.map(({ name }) => ({ name }));
  const memory = { name: "shared-memory", emptyDir: { medium: "Memory" } };
  const memoryMount = { name: memory.name, mountPath: sharedMemory.mountPath };
  const files = { name: "fabric", configMap: { name: configMaps.files } };
  return {
    metadata: { annotations: profile.podAnnotations },
    spec: {
      nodeSelector: profile.nodeSelector,
      tolerations: profile.tolerations,
      ...(resourceClaims.length > 0 && { resourceClaims }),
      containers: [
        {
          name: "main",
          envFrom: [{ configMapRef: { name: configMaps.env } }],
          resources: { requests: resources, limits: resources, ...(claims.length > 0 && { claims }) },
          ...(securityContext !== null && { securityContext }),
          volumeMounts:
            topologyFile === null
              ? [memoryMount]
              : [
                  memoryMount,
                  { name: files.name, mountPath: topologyFile.imagePath, subPath: topologyKey, readOnly: true },
                ],
        },
      ],
      volumes: topologyFile === null ? [memory] : [memory, files],
    },
  };
}
