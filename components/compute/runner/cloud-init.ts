import { stringify } from "yaml";
import { azureCliVersion, tools, type Tool } from "./tools";

/** Folder of the Azure CLI, which is a Python program. */
const azureCli = "/opt/azure-cli";

/**
 * The cloud-init document of a runner: what `pulumi up` needs, at exact versions, each archive checked against the checksum
 * in `tools.ts`. No secret is in it, and no login: whoever uses the runner brings one.
 */
export function cloudInit(): string {
  const script = "/usr/local/sbin/install-tools";
  const config = {
    package_update: true,
    packages: ["git", "python3-venv", "unzip"],
    write_files: [{ path: script, permissions: "0755", content: installScript() }],
    runcmd: [[script]],
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/** Stops at the first tool that is not what it should be, and says which: `cloud-init status` is then an error. */
function installScript(): string {
  const fetch = ({ archive, sha256, install }: Tool): string => `
fetch ${archive} ${sha256}
${install}
`;
  return `#!/usr/bin/env bash
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fetch() {
  local file=\${1##*/}
  curl --fail --silent --show-error --location --retry 5 --output "$file" "$1"
  echo "$2  $file" | sha256sum --check --strict || { echo "$file from $1 is not what it should be" >&2; exit 1; }
  case "$file" in
    *.zip) unzip -q "$file" ;;
    *) tar -xzf "$file" ;;
  esac
}
${tools.map(fetch).join("")}
python3 -m venv ${azureCli}
${azureCli}/bin/pip install --quiet azure-cli==${azureCliVersion}
ln --symbolic --force ${azureCli}/bin/az /usr/local/bin/az
`;
}
