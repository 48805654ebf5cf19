import { describe, expect, it } from "vitest";
import { claimTiB, volumeManifests, type SharedVolume } from "../../../components/tenancy/shared-volume";

const lustre: SharedVolume = {
  name: "lustre",
  mgsAddress: "10.64.48.4",
  sizeTiB: 128,
  directory: "teams/train-vision",
};
const blob: SharedVolume = {
  name: "blob",
  accountName: "data",
  containerName: "train-vision",
  resourceGroupName: "rg-test",
  identityClientId: "11111111-1111-4111-8111-111111111111",
};

function volume(name: string, storage: string): object {
  return {
    capacity: { storage },
    accessModes: ["ReadWriteMany"],
    persistentVolumeReclaimPolicy: "Retain",
    storageClassName: "",
    claimRef: { namespace: "train-vision", name },
  };
}

describe("volumeManifests", () => {
  it.each([
    [16, "16Ti"],
    [1024, "1Pi"],
    [1536, "1536Ti"],
  ])("claims %i TiB as %s, the way Kubernetes shows it", (sizeTiB, storage) => {
    const { claim, persistentVolume } = volumeManifests("train-vision", { ...lustre, sizeTiB });
    expect(claim.resources).toEqual({ requests: { storage } });
    expect(persistentVolume.spec).toMatchObject({ capacity: { storage } });
    expect(claimTiB({ ...lustre, sizeTiB })).toBe(sizeTiB);
  });

  it("gives a team its own directory of the file system", () => {
    expect(volumeManifests("train-vision", lustre)).toEqual({
      persistentVolume: {
        metadata: { name: "train-vision-lustre" },
        spec: {
          ...volume("lustre", "128Ti"),
          mountOptions: ["noatime", "flock"],
          csi: {
            driver: "azurelustre.csi.azure.com",
            volumeHandle: "train-vision-lustre",
            volumeAttributes: {
              "fs-name": "lustrefs",
              "mgs-ip-address": "10.64.48.4",
              "sub-dir": "teams/train-vision",
            },
          },
        },
      },
      claim: { accessModes: ["ReadWriteMany"], storageClassName: "", resources: { requests: { storage: "128Ti" } } },
    });
  });

  it("mounts a container with the team's identity and without a key", () => {
    expect(volumeManifests("train-vision", blob)).toEqual({
      persistentVolume: {
        metadata: { name: "train-vision-blob" },
        spec: {
          ...volume("blob", "1Pi"),
          mountOptions: ["-o allow_other", "--use-attr-cache=true", "--attr-timeout=120", "--entry-timeout=120"],
          csi: {
            driver: "blob.csi.azure.com",
            volumeHandle: "train-vision-blob",
            volumeAttributes: {
              protocol: "fuse2",
              isHnsEnabled: "true",
              storageAccount: "data",
              containerName: "train-vision",
              resourceGroup: "rg-test",
              clientID: "11111111-1111-4111-8111-111111111111",
              mountWithWorkloadIdentityToken: "true",
            },
          },
        },
      },
      claim: { accessModes: ["ReadWriteMany"], storageClassName: "", resources: { requests: { storage: "1Pi" } } },
    });
  });

  it.each([lustre, blob])("binds volume and claim of $name to each other: same size, same modes", (shared) => {
    const { persistentVolume, claim } = volumeManifests("train-vision", shared);
    expect(persistentVolume.spec).toMatchObject({
      capacity: (claim.resources as { requests: object }).requests,
      accessModes: claim.accessModes,
      storageClassName: claim.storageClassName,
    });
  });

  it("keeps two teams' volumes apart", () => {
    const names = ["train-a", "train-b", "infer-a"].flatMap((namespace) =>
      [lustre, blob].map((shared) => JSON.stringify(volumeManifests(namespace, shared).persistentVolume.metadata)),
    );
    expect(new Set(names).size).toBe(6);
  });
});
