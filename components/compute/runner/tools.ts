/** A tool of the runner: an archive, the publisher's list of checksums, and where its programs go. */
export interface Tool {
  readonly archive: string;
  /** File of the publisher with the SHA-256 of the archive. */
  readonly checksums: string;
  /** Shell that installs it, run where the archive was unpacked. */
  readonly install: string;
}

const pulumi = "3.246.0";
const node = "22.23.3";
const kubelogin = "0.2.22";

/**
 * What `pulumi up` of this project needs on a bare Ubuntu, at exact versions: Pulumi is the one of the SDK, Node a long-term
 * release that the project runs on. A newer version here reaches a runner when it is reimaged.
 * Source: the pages of the releases, github.com/pulumi/pulumi, nodejs.org/dist, github.com/Azure/kubelogin (2026-11-25)
 */
export const tools: readonly Tool[] = [
  {
    archive: `https://github.com/pulumi/pulumi/releases/download/v${pulumi}/pulumi-v${pulumi}-linux-x64.tar.gz`,
    checksums: `https://github.com/pulumi/pulumi/releases/download/v${pulumi}/pulumi-${pulumi}-checksums.txt`,
    install: "install -m 0755 pulumi/pulumi* /usr/local/bin/",
  },
  {
    archive: `https://nodejs.org/dist/v${node}/node-v${node}-linux-x64.tar.gz`,
    checksums: `https://nodejs.org/dist/v${node}/SHASUMS256.txt`,
    install: `cp -r node-v${node}-linux-x64/bin node-v${node}-linux-x64/include node-v${node}-linux-x64/lib /usr/local/`,
  },
  {
    archive: `https://github.com/Azure/kubelogin/releases/download/v${kubelogin}/kubelogin-linux-amd64.zip`,
    checksums: `https://github.com/Azure/kubelogin/releases/download/v${kubelogin}/kubelogin-linux-amd64.zip.sha256`,
    install: "install -m 0755 bin/linux_amd64/kubelogin /usr/local/bin/",
  },
];

/** Azure CLI, from PyPI: as a package of the system it would need a foreign key that apt trusts for everything. */
export const azureCliVersion = "2.91.0";
