/**
 * Driver of AKS that mounts what lies in a Key Vault.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/csi-secrets-store-identity-access.md (2023-12-19)
 */
export const secretsStore = {
  driver: "secrets-store.csi.k8s.io",
  /** Group of its kinds. Source: kubernetes-sigs/secrets-store-csi-driver:config/crd/bases (v1.5.5) */
  apiGroup: "secrets-store.csi.x-k8s.io",
} as const;

/** Where pods of this project mount each secret, in a folder of its name: the place that the driver's own pages use. */
const mountRoot = "/mnt/secrets-store";

/** Volume and mount of one secret in a pod. The file has the name of the secret, and so has the class that says where it is from. */
export function mountedSecret(secret: string): {
  readonly volume: { readonly name: string; readonly csi: object };
  readonly mount: { readonly name: string; readonly mountPath: string; readonly readOnly: true };
  /** Path of the file. */
  readonly file: string;
} {
  const name = `secret-${secret}`;
  const mountPath = `${mountRoot}/${secret}`;
  return {
    volume: {
      name,
      csi: { driver: secretsStore.driver, readOnly: true, volumeAttributes: { secretProviderClass: secret } },
    },
    mount: { name, mountPath, readOnly: true },
    file: `${mountPath}/${secret}`,
  };
}
