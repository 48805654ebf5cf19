import { imageVersionFits } from "../../../catalog/hpc-images";
import { limits } from "../../../catalog/limits";
import { sizeHint } from "../../../catalog/size-hint";
import type { VmSize, VmSizes } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import { checkAdministrator } from "../check-administrator";
import { checkImageDay } from "../check-image-day";
import { checkPublicKeys } from "../public-keys";
import { scratchDisks } from "./local-disks";
import type { ReadShape } from "./shape";

/** The GPU or HPC size of a name, and a problem where there is none. */
export function findSize(name: string, sizes: VmSizes, problems: Problems): VmSize | undefined {
  const size = sizes.get(name);
  if (size !== undefined && size.category !== "general") return size;
  problems.require(false, "size", "must be a GPU or HPC size of the catalogue (docs/sizes.md)", {
    got: name,
    remedy: sizeHint(name, sizes, (it) => it.category !== "general"),
  });
  return undefined;
}

const ownImageRemedy = "Or boot an image of your own that has the driver (imageVersionResourceId)";

/** What the size allows: how many nodes, which disks, which security type. */
export function checkAgainstSize(shape: ReadShape, size: VmSize, problems: Problems): void {
  const { infiniband: ib, hpcImage, nvme } = size;
  const remedy = size.aks === null ? undefined : "Use an AKS pool (gpuPools)";
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: size.name,
    remedy: "Choose another size (docs/sizes.md)",
  });
  if (ib !== null && ib.rackNodes !== null) {
    problems.require(
      false,
      "size",
      `comes as a rack of ${ib.rackNodes} nodes, which a scale set can only claim through an interconnect block (Compute API 2026-03-01, newer than the one of the pinned SDK)`,
      { got: size.name, remedy },
    );
    return;
  }
  if ("because" in hpcImage && (shape.imageVersion !== undefined || !hpcImage.ownImage)) {
    const ways = [...(remedy === undefined ? [] : [remedy]), ...(hpcImage.ownImage ? [ownImageRemedy] : [])].join(". ");
    problems.require(false, "size", `has no HPC marketplace image with its driver: ${hpcImage.because}`, {
      got: size.name,
      ...(ways !== "" && { remedy: ways }),
    });
  }
  const most = ib === null ? limits.scaleSetNodes.value : (shape.domainLimit ?? ib.maxDomainNodes);
  const why = ib === null ? "" : ": one InfiniBand domain is one scale set, and a larger one splits the fabric";
  problems.requireWhole("nodes", shape.nodes, [1, most], why);
  if (shape.domainLimit !== undefined) {
    const rule = `must be absent: ${size.name} has no InfiniBand`;
    const without = "Leave it out, or choose a size with InfiniBand (docs/sizes.md)";
    if (ib === null) problems.require(false, "domainLimit", rule, { got: shape.domainLimit, remedy: without });
    else problems.requireWhole("domainLimit", shape.domainLimit, [ib.maxDomainNodes, ib.maxDomainNodesOnRequest]);
  }
  problems.require(
    shape.securityType !== "trusted-launch" || size.trustedLaunch !== false,
    "securityType",
    `must be absent: ${size.name} has no Trusted Launch`,
    { got: shape.securityType, remedy: "Leave it out, or choose another size" },
  );
  problems.require(
    shape.scratch !== "local-nvme" || scratchDisks(shape, size) > 0,
    "scratch",
    nvme === null
      ? `must be none: the catalogue knows no local NVMe disk of ${size.name}`
      : `must be none: the ephemeral OS disk takes the only local NVMe disk of ${size.name}`,
    { got: shape.scratch, remedy: "Write scratch: none, or choose another size" },
  );
  if (shape.osDisk === "ephemeral") {
    const nvmeGiB = nvme === null || nvme.totalGiB === null ? 0 : nvme.totalGiB / nvme.disks;
    problems.require(
      size.ephemeralOsDisk && Math.max(size.tempDiskGiB ?? 0, nvmeGiB) >= shape.osDiskGiB,
      "osDisk",
      `must be managed: ${size.name} has no local disk of ${shape.osDiskGiB} GiB for it`,
      { got: shape.osDisk, remedy: "Write osDisk: managed, or a smaller osDiskGiB" },
    );
  }
}

/** An exact version, and one of the image that the size boots: another image's fails when the scale set is made. */
export function checkImage(
  { imageVersion }: ReadShape,
  size: VmSize | undefined,
  today: string | null,
  problems: Problems,
): void {
  if (imageVersion === undefined) return;
  const listing = "az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc";
  const exact = /^\d+\.\d+\.\d+$/.test(imageVersion);
  problems.require(exact, "imageVersion", "must be an exact version such as 24.04.2026072901, never latest", {
    got: imageVersion,
    remedy: listing,
  });
  if (exact) checkImageDay(imageVersion, today, problems);
  // A size without an image, or that comes as a rack, is refused for that.
  if (!exact || size === undefined || "because" in size.hpcImage || (size.infiniband?.rackNodes ?? null) !== null) {
    return;
  }
  const { sku, release } = size.hpcImage;
  const rule = `must be a version of image ${sku}, which ${size.name} boots: ${release} and a date, and of no other image`;
  problems.require(imageVersionFits(sku, imageVersion), "imageVersion", rule, {
    got: imageVersion,
    remedy: `${listing} --sku ${sku}`,
  });
}

/** Who logs in, and how. */
export function checkAccess({ sshPublicKeys, adminUsername }: ReadShape, problems: Problems): void {
  checkPublicKeys(sshPublicKeys, problems);
  checkAdministrator(adminUsername, problems);
}
