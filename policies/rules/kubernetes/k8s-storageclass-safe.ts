import { expectAt, isText, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sStorageclassSafe: ResourceRule = {
  id: 212,
  name: "k8s-storageclass-safe",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:storage.k8s.io/v1:StorageClass"],
  title: "A storage class uses a CSI driver, lets volumes grow and waits with zonal disks for the pod.",
  why: "A disk in another zone than its pod never mounts, and drivers inside Kubernetes are gone.",
  remedy:
    "Set provisioner to a CSI driver, allowVolumeExpansion: true and, for disks, volumeBindingMode: WaitForFirstConsumer.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Azure Policy 4f3823b6",
  check: ({ inputs }) => {
    const disks = ["disk.csi.azure.com", "localdisk.csi.acstor.io"].some((it) => it === read(inputs, "provisioner"));
    const none = read(inputs, "provisioner") === "kubernetes.io/no-provisioner";
    return [
      ...expectAt(
        inputs,
        "provisioner",
        (it) => isText(it) && it !== "" && (none || !it.startsWith("kubernetes.io/")),
        "be a CSI driver",
      ),
      ...(none ? [] : expectAt(inputs, "allowVolumeExpansion", oneOf(true), "be true")),
      ...(disks || none
        ? expectAt(
            inputs,
            "volumeBindingMode",
            oneOf("WaitForFirstConsumer"),
            "be WaitForFirstConsumer for disks of a zone",
          )
        : []),
    ];
  },
};
