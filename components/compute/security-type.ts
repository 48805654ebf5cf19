import type { compute } from "@pulumi/azure-native/types/input";
import type { VmSize } from "../../catalog/vm-size";

/**
 * Said in so many words: a subscription may turn Trusted Launch on by default, and with it Secure Boot, which refuses the
 * unsigned fabric and GPU modules of the HPC image. A size that cannot have it has no such default, and `Standard` is refused
 * where a feature is not registered.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/trusted-launch.md (2026-07-27)
 */
export function securityType(
  asked: "trusted-launch" | "standard" | undefined,
  size: VmSize,
): compute.SecurityProfileArgs {
  const wanted = asked ?? (size.trustedLaunch === false ? undefined : "trusted-launch");
  if (wanted === undefined) return {};
  if (wanted === "standard") return { securityType: "Standard" };
  return { securityType: "TrustedLaunch", uefiSettings: { secureBootEnabled: false, vTpmEnabled: true } };
}
