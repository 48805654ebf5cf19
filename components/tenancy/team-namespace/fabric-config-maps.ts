import { stringify } from "yaml";
import { fabricPod, topologyKey } from "../../../catalog/fabric-pod";
import { type FabricPool, fabricProfile } from "../../../catalog/fabric-profile";
import { annotations } from "../../../catalog/scheduling";

/** A ConfigMap without its namespace. */
export interface FabricConfigMap {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** What was made for a pool: the same for each of its teams, and there may be hundreds. */
const made = new WeakMap<FabricPool, readonly FabricConfigMap[]>();

/**
 * What a team that takes whole nodes finds in its namespace of the fabric of its pool. `fabric-<pool>` holds variables alone, for
 * `envFrom`, which would make a variable of anything. `fabric-<pool>-files` holds the rest: `pod.yaml`, all of a pod but its image
 * and its command, and the topology file where the pool gives one to NCCL.
 */
export function fabricConfigMaps(pool: FabricPool): readonly FabricConfigMap[] {
  const maps = made.get(pool) ?? planMaps(pool);
  made.set(pool, maps);
  return maps;
}

function planMaps(pool: FabricPool): readonly FabricConfigMap[] {
  const profile = fabricProfile(pool);
  const { configMaps: names, env, ncclFamily, gpuDirect, topologyFile } = profile;
  const about = {
    ...(ncclFamily !== null && { [annotations.ncclProfile]: ncclFamily }),
    ...(gpuDirect !== null && { [annotations.gpuDirect]: gpuDirect }),
  };
  return [
    { metadata: { name: names.env, annotations: about }, data: env },
    {
      metadata: { name: names.files, annotations: about },
      data: {
        "pod.yaml": stringify(fabricPod(profile), { aliasDuplicateObjects: false }),
        ...(topologyFile !== null && { [topologyKey]: topologyFile.content }),
      },
    },
  ];
}
