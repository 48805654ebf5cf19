import { stringify } from "yaml";
import { blobfuse } from "../../catalog/blobfuse";

/** A container that nodes mount, and who they are there. */
export interface BlobMount {
  /** Storage account with a hierarchical namespace. */
  readonly accountName: string;
  readonly containerName: string;
  /** Client ID of the identity that the nodes act as: they have several, and Azure takes no guess. */
  readonly identityClientId: string;
}

/** Mount point of the container. */
export const blobPath = "/blob";

/** Where the settings of blobfuse2 are written. They hold no secret: the identity is one that only the node can use. */
export const blobSettingsPath = "/etc/blobfuse2.yaml";

/**
 * Version that AKS nodes have, of both Ubuntu releases; a newer one reaches a node when it is reimaged.
 * Source: Azure/AgentBaker vhdbuilder (BLOBFUSE2_VERSION, "parity between 22.04 and 24.04")
 */
const version = "2.5.1";

/**
 * Settings of blobfuse2: in blocks through memory.
 * Source: Azure/azure-storage-fuse setup/baseConfig.yaml and setup/advancedConfig.yaml
 */
export function blobSettings({ accountName, containerName, identityClientId }: BlobMount): string {
  return stringify({
    // Whoever works on the node, not root alone.
    "allow-other": true,
    logging: { type: "syslog", level: "log_warning" },
    components: ["libfuse", "block_cache", "attr_cache", "azstorage"],
    block_cache: { "block-size-mb": blobfuse.blockMiB, "mem-size-mb": blobfuse.memoryMiB },
    azstorage: {
      type: "adls",
      "account-name": accountName,
      container: containerName,
      endpoint: `https://${accountName}.dfs.core.windows.net`,
      mode: "msi",
      appid: identityClientId,
    },
  });
}

/**
 * Installs blobfuse2 where it is missing, from Microsoft's package source, whose key the HPC image brings: the image has the
 * source for its own Lustre client, and no blobfuse2.
 * Source: Azure/azhpc-images components/install_pmix.sh, install_lustre_client.sh (2026-07-29)
 */
export const blobClientScript = `#!/usr/bin/env bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
if ! command -v blobfuse2 >/dev/null; then
  apt-get update --quiet
  apt-get install --quiet --yes -o DPkg::Lock::Timeout=600 fuse3 blobfuse2=${version}
fi
# Without it FUSE lets nobody but root in.
grep --quiet '^user_allow_other' /etc/fuse.conf || echo user_allow_other >> /etc/fuse.conf
mkdir --parents ${blobPath}
`;
