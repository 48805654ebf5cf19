/** Where the machines of one cluster find the key by which they know one another, and who they are there. */
export interface KeyStore {
  /** Storage account with a private endpoint for Blob. */
  readonly accountName: string;
  /** Container that holds the key and nothing else: whoever reads it can act as any user of the cluster. */
  readonly containerName: string;
  /** Client ID of the identity that all machines act as. */
  readonly identityClientId: string;
}

/**
 * Shell that puts the key of the container where munge reads it. The head makes the key when there is none yet, and never over one that
 * is there; a node that is earlier fails, and is tried again by its unit. A token goes to curl by its standard input, since every user
 * of the machine sees a command line.
 * Sources: MicrosoftDocs/entra-docs:docs/identity/managed-identities-azure-resources/how-to-use-vm-token.md;
 * https://learn.microsoft.com/rest/api/storageservices/put-blob, specifying-conditional-headers-for-blob-service-operations
 */
export function takeKey(role: "head" | "node", { accountName, containerName, identityClientId }: KeyStore): string {
  const make = `{
  head --bytes=1024 /dev/urandom > "$work/made"
  blob --request PUT --header 'x-ms-blob-type: BlockBlob' --header 'If-None-Match: *' --data-binary "@$work/made"
  blob --output "$work/key"
}`;
  return `work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT
blob() {
  local token
  token=$(curl --silent --show-error --fail --noproxy '*' --header 'Metadata: true' \\
    'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com%2F&client_id=${identityClientId}' |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])') || return
  curl --silent --show-error --fail --header @- --header 'x-ms-version: 2021-12-02' --header 'Content-Type: application/octet-stream' \\
    "$@" 'https://${accountName}.blob.core.windows.net/${containerName}/munge.key' <<< "Authorization: Bearer $token"
}
blob --output "$work/key"${role === "head" ? ` || ${make}` : ""}
if ! cmp --silent "$work/key" /etc/munge/munge.key; then
  install --owner=munge --group=munge --mode=0400 "$work/key" /etc/munge/munge.key
  systemctl restart munge
fi
`;
}
