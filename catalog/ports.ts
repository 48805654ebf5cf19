/**
 * TCP ports that Lustre's servers and clients call each other on, as Azure writes ports.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/configure-network-security-group.md (2024-11-08)
 */
export const lustrePorts = ["988", "1019-1023"] as const;

/**
 * Ports of an NFS server of NetApp Files: portmapper, mountd, NFS, locks and their monitor. With NFSv4.1 the third alone.
 * Source: https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-mount-unmount-volumes-for-virtual-machines
 */
export const nfsPorts = ["111", "635", "2049", "4045-4046"] as const;

/**
 * TCP port on which the daemons of one ComputeDomain call one another, from node to node.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:templates/compute-domain-daemon-config.tmpl.cfg (v0.4.1, SERVER_PORT)
 */
export const imexPort = 50000;
