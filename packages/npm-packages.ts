import { azureGpuCluster } from "./azure-gpu-cluster";
import { azureGpuPolicies } from "./azure-gpu-policies/azure-gpu-policies";
import type { NpmPackage } from "./npm-package";

/** All packages for npm. */
export const npmPackages: readonly NpmPackage[] = [azureGpuCluster, azureGpuPolicies];
