import { plainToken } from "./arm-types";

/**
 * Inputs that name what the resource itself is to make, later and by its own: Azure does not look for it yet, only for what it is to lie in.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/image-builder-json.md (2023-10-03, explicit versioning)
 */
const paths: Readonly<Record<string, readonly string[]>> = {
  "azure-native:virtualmachineimages:VirtualMachineImageTemplate": ["distribute[].galleryImageId"],
};

/** Whether an input such as `distribute[0].galleryImageId` names something that the resource is to make. */
export function isMadeLater(token: string, path: string): boolean {
  return paths[plainToken(token)]?.includes(path.replace(/\[\d+\]/g, "[]")) ?? false;
}
