/**
 * What to write instead of a Kubernetes version that AKS does not have.
 * @param when Which versions these are, in words.
 */
export function versionRemedy(version: string, minors: readonly string[], when: string): string {
  const drop = version.startsWith("v") ? "Drop the v. " : "";
  const near = /^v?(\d+\.\d+)(?!\d)/.exec(version)?.[1];
  if (near !== undefined && minors.includes(near) && near !== version) {
    return `${drop}Write "${near}", and AKS picks the patch; az aks get-versions lists patches`;
  }
  return `${drop}${when}: ${minors.join(", ") || "none that the catalogue knows"}`;
}
