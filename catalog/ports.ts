/**
 * TCP ports that Lustre's servers and clients call each other on, as Azure writes ports.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/configure-network-security-group.md
 */
export const lustrePorts = ["988", "1019-1023"] as const;

/**
 * TCP port on which the daemons of one ComputeDomain call one another, from node to node.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:templates/compute-domain-daemon-config.tmpl.cfg (v0.4.1, SERVER_PORT)
 */
export const imexPort = 50000;
