import { type Licence, licences, windowsLicence } from "../../catalog/licences";
import { read, text } from "../../core/property-tree";
import type { Machines } from "../arm-row";
import type { Charge } from "../charge";

const because = "prices of nodes are those of Linux";

/**
 * Software of machines that bills beside them.
 * @param profile What describes each machine: the inputs of a virtual machine, the profile of a scale set.
 * @param plan Of the Marketplace image.
 */
export function machineLicences(profile: unknown, plan: unknown, size: string): readonly Charge[] {
  const [publisher, product] = [text(plan, "publisher"), text(plan, "product")];
  return [
    ...licences
      .filter((licence) => buys(profile, licence))
      .map(({ what }) => ({ what: `${what} of ${size}, each node and hour`, because })),
    ...(product === undefined
      ? []
      : [
          {
            what: `Marketplace offer ${publisher === undefined ? "" : `${publisher}/`}${product}`,
            because: "its publisher says what it costs, if anything",
          },
        ]),
  ];
}

/** Windows of nodes of a pool. Whether the licence is one's own is said by the cluster, which a pool in a resource of its own does not see. */
export function poolLicences(
  pool: unknown,
  { size, maxNodes, onShare }: Machines,
  cluster?: unknown,
): readonly Charge[] {
  const windows = text(pool, "osType") === "Windows" || text(pool, "osSKU")?.startsWith("Windows") === true;
  const own = windowsLicence.ownLicence?.test(text(cluster, "windowsProfile.licenseType") ?? "") === true;
  if (!windows || own || maxNodes === 0 || onShare === 0) return [];
  const unseen = cluster === undefined ? "; none bills where windowsProfile.licenseType of the cluster brings one" : "";
  return [{ what: `${windowsLicence.what} of ${size}, each node and hour`, because: `${because}${unseen}` }];
}

function buys(profile: unknown, licence: Licence): boolean {
  const type = text(profile, "licenseType") ?? "";
  if (licence.ownLicence?.test(type) === true) return false;
  if (licence.boughtLicence?.test(type) === true || (licence === windowsLicence && isWindows(profile))) return true;
  const image = read(profile, "storageProfile.imageReference");
  const free = licence.freeOffers?.test(text(image, "offer") ?? "") === true;
  return licence.publishers.test(text(image, "publisher") ?? "") && !free;
}

function isWindows(profile: unknown): boolean {
  return (
    read(profile, "osProfile.windowsConfiguration") !== undefined ||
    text(profile, "storageProfile.osDisk.osType") === "Windows" ||
    // SQL Server comes on either system, and its offers name it.
    /-ws\d/i.test(text(profile, "storageProfile.imageReference.offer") ?? "")
  );
}
