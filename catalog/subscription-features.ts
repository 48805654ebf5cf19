/** A feature of a provider that is switched on or off for a whole subscription. */
export interface SubscriptionFeature {
  readonly namespace: string;
  readonly feature: string;
  readonly source: string;
}

/** Features that what is planned here depends on. */
export const subscriptionFeatures = {
  /** Whether an AKS pool lands on one InfiniBand fabric. `InfiniBand.aksFeature` says which sizes want it and which must not have it. */
  aksInfiniband: {
    namespace: "Microsoft.ContainerService",
    feature: "AKSInfinibandSupport",
    source:
      "MicrosoftDocs/azure-aks-docs:articles/aks/use-amd-gpus.md (2025-06-04); Azure/ai-infrastructure-on-azure:infrastructure_references/aks/README.md (2026-04-22)",
  },
  /** Disks and caches of a machine encrypted where they are. Without it Azure refuses the machine. */
  encryptionAtHost: {
    namespace: "Microsoft.Compute",
    feature: "EncryptionAtHost",
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/enable-host-encryption.md (2023-07-17)",
  },
} as const satisfies Readonly<Record<string, SubscriptionFeature>>;
