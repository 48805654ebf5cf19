/**
 * TCP ports that Lustre's servers and clients call each other on, as Azure writes ports.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/configure-network-security-group.md
 */
export const lustrePorts = ["988", "1019-1023"] as const;
