/** Name by which volumes ask for Managed Lustre. Source: kubernetes-sigs/azurelustre-csi-driver:deploy/csi-azurelustre-driver.yaml (v0.4.0) */
export const lustreCsiDriverName = "azurelustre.csi.azure.com";

/** The driver for nodes of one release of Ubuntu: kernel modules of Lustre's client are built for one kernel. */
export interface LustreCsiFlavor {
  /** Codename of the release, the end of the image's tag. */
  readonly release: "jammy" | "noble";
  /** Values of the label by which AKS says what a node runs. */
  readonly nodes: readonly string[];
  /** Version of Lustre's client that it installs on the node, and which build of it. */
  readonly client: { readonly version: string; readonly build: string };
}

/**
 * What the driver's own manifests say. Its images are for x64 alone.
 * Sources: kubernetes-sigs/azurelustre-csi-driver:deploy/csi-azurelustre-node-jammy.yaml, deploy/csi-azurelustre-node-noble.yaml and
 * Makefile (v0.4.0)
 */
export const lustreCsi = {
  image: "mcr.microsoft.com/oss/v2/kubernetes-csi/azurelustre-csi",
  architecture: "amd64",
  osLabel: "kubernetes.azure.com/os-sku-effective",
  flavors: [
    {
      release: "jammy",
      nodes: ["Ubuntu2204", "Ubuntu2004"],
      client: { version: "2.15.7", build: "33-g79ddf99" },
    },
    { release: "noble", nodes: ["Ubuntu2404"], client: { version: "2.16.1", build: "14-gbc76088" } },
  ],
  sidecars: {
    livenessProbe: "mcr.microsoft.com/oss/kubernetes-csi/livenessprobe:v2.15.0",
    nodeDriverRegistrar: "mcr.microsoft.com/oss/kubernetes-csi/csi-node-driver-registrar:v2.13.0",
  },
  healthPort: 29763,
} as const satisfies { readonly flavors: readonly LustreCsiFlavor[]; readonly [fact: string]: unknown };
