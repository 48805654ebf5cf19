/** A tool of the runner: an archive, what it must be, and where its programs go. */
export interface Tool {
  readonly archive: string;
  /** SHA-256 of the archive. It stands here, so that whoever could replace an archive gains nothing. */
  readonly sha256: string;
  /** Shell that installs it, run where the archive was unpacked. */
  readonly install: string;
}

const pulumi = "3.246.0";
const node = "22.23.3";
const kubelogin = "0.2.20";

/**
 * What `pulumi up` of this project needs on a bare Ubuntu, at exact versions: Pulumi is the one of the SDK, Node a long-term
 * release that the project runs on. A newer version here reaches a runner when it is reimaged.
 * Source: the publishers' Homebrew formulas, pulumi/homebrew-tap at 2d16487 and Azure/homebrew-kubelogin; for Node its
 * SHASUMS256.txt, as ten public projects quote it (2026-11-30)
 */
export const tools: readonly Tool[] = [
  {
    archive: `https://github.com/pulumi/pulumi/releases/download/v${pulumi}/pulumi-v${pulumi}-linux-x64.tar.gz`,
    sha256: "249a797558718caa62f69e7259ba6a8af0d6da3be2caec31daca17cfbbb6c04f",
    install: "install -m 0755 pulumi/pulumi* /usr/local/bin/",
  },
  {
    archive: `https://nodejs.org/dist/v${node}/node-v${node}-linux-x64.tar.gz`,
    sha256: "1084aa36196bba4c3a5e69a1ee388a6e4ff729dad09445fbcd434b28fe3c24af",
    install: `cp -r node-v${node}-linux-x64/bin node-v${node}-linux-x64/include node-v${node}-linux-x64/lib /usr/local/`,
  },
  {
    archive: `https://github.com/Azure/kubelogin/releases/download/v${kubelogin}/kubelogin-linux-amd64.zip`,
    sha256: "2e92450a929dd2aec4da818b40dd4fda97aaeae2d6cd9c1074cc1371210f4ab9",
    install: "install -m 0755 bin/linux_amd64/kubelogin /usr/local/bin/",
  },
];

/** Azure CLI, from PyPI: as a package of the system it would need a foreign key that apt trusts for everything. */
export const azureCliVersion = "2.91.0";
