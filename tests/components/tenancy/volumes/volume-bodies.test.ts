import { describe, expect, it } from "vitest";
import { blob } from "../../../../components/tenancy/volumes/blob";
import { lustre } from "../../../../components/tenancy/volumes/lustre";
import { volumeBodies, type VolumeBodies } from "../../../../components/tenancy/volumes/volume-bodies";
import type { TeamVolume } from "../../../../components/tenancy/volumes/volume-kind";

const identityClientId = "11111111-1111-4111-8111-111111111111";
const fileSystem = (sizeTiB: number): TeamVolume =>
  lustre.volume({ mgsAddress: "10.64.48.4", sizeTiB }, { part: "teams/train-vision", identityClientId });
const container = blob.volume(
  { accountName: "data", accountResourceId: "/id/of/data", resourceGroupName: "rg-test" },
  { part: "train-vision", identityClientId },
);
const volumes: Readonly<Record<string, TeamVolume>> = { lustre: fileSystem(128), blob: container };
const bodies = (claim: string, namespace = "train-vision"): VolumeBodies => {
  const volume = volumes[claim];
  if (volume === undefined) throw new Error(`no volume ${claim}`);
  return volumeBodies(namespace, claim, volume);
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

describe("volumeBodies", () => {
  it.each([
    [16, "16Ti"],
    [1024, "1Pi"],
    [1536, "1536Ti"],
  ])("claims %i TiB as %s, the way Kubernetes shows it", (sizeTiB, storage) => {
    const { claim, persistentVolume } = volumeBodies("train-vision", "lustre", fileSystem(sizeTiB));
    expect(claim.spec.resources).toEqual({ requests: { storage } });
    expect(persistentVolume.spec).toMatchObject({ capacity: { storage } });
    expect(fileSystem(sizeTiB).claimTiB).toBe(sizeTiB);
  });

  it("gives a team its own directory of the file system", () => {
    expect(bodies("lustre")).toEqual({
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
      claim: {
        metadata: { name: "lustre" },
        spec: { accessModes: ["ReadWriteMany"], storageClassName: "", resources: { requests: { storage: "128Ti" } } },
      },
    });
  });

  it("mounts a container with the team's identity and without a key", () => {
    expect(bodies("blob")).toEqual({
      persistentVolume: {
        metadata: { name: "train-vision-blob" },
        spec: {
          ...volume("blob", "1Pi"),
          mountOptions: [
            "-o allow_other",
            "--use-attr-cache=true",
            "--attr-timeout=120",
            "--entry-timeout=120",
            "--block-cache",
            "--block-cache-block-size=16",
            "--block-cache-pool-size=4096",
          ],
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
      claim: {
        metadata: { name: "blob" },
        spec: { accessModes: ["ReadWriteMany"], storageClassName: "", resources: { requests: { storage: "1Pi" } } },
      },
    });
  });

  it.each(Object.keys(volumes))("binds volume and claim of %s to each other: same size, same modes", (name) => {
    const { persistentVolume, claim } = bodies(name);
    expect(persistentVolume.spec).toMatchObject({
      capacity: (claim.spec.resources as { requests: object }).requests,
      accessModes: claim.spec.accessModes,
      storageClassName: claim.spec.storageClassName,
    });
  });

  it("keeps two teams' volumes apart", () => {
    const names = ["train-a", "train-b", "infer-a"].flatMap((namespace) =>
      Object.keys(volumes).map((claim) => JSON.stringify(bodies(claim, namespace).persistentVolume.metadata)),
    );
    expect(new Set(names).size).toBe(6);
  });
});

it("makes a container for a team where the driver makes none, with a role on it alone", () => {
  const store = { accountName: "data", accountResourceId: "/id/of/data", resourceGroupName: "rg-elsewhere" };
  expect(lustre.need).toBeNull();
  expect(blob.need?.(store, blob.partOf("train-vision"))).toEqual({
    make: "container",
    store,
    containerName: "train-vision",
    role: "Storage Blob Data Contributor",
  });
});
