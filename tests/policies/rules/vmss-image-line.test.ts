import { describe, expect, it } from "vitest";
import { hpcImages, imageVersionFits } from "../../../catalog/hpc-images";
import { vmssImageLine } from "../../../policies/rules/gpu/vmss-image-line";
import { scaleSet } from "../fixtures";
import { changed, saysOf } from "../harness";

const image = "virtualMachineProfile.storageProfile.imageReference";
const versions = ["24.04.2026061801", "24.4.2026061801", "24.041.2026072901", "22.04.2025041101", "24.04.1", "22.04.1"];
const known = Object.values(hpcImages).flatMap(({ versionKnown }) => versionKnown ?? []);

/** The component refuses what the catalogue says does not fit, the rule judges what others write: they must not differ. */
describe.each(Object.values(hpcImages).map(({ sku }) => sku))("SKU %s", (sku) => {
  it.each([...versions, ...known])("agrees with the catalogue about %s", (version) => {
    const nodes = changed(scaleSet, { [`${image}.sku`]: sku, [`${image}.version`]: version });
    const says = saysOf(vmssImageLine, [nodes], { environment: "prod", today: "2026-09-01", settings: {} });
    expect(says.length === 0).toBe(imageVersionFits(sku, version));
  });
});
