import { slurmUserId, slurmVersion } from "../../../catalog/slurm";
import { type NodeFile, unit } from "../node-file";
import { type KeyStore, takeKey } from "./key-store";
import { statePath } from "./slurm-conf";

const setup = "/usr/local/sbin/slurm-setup";

/** Unit that has a machine ready for its daemon, or not yet. */
export const setupUnit = "slurm-setup.service";

/** Label of the state's file system, by which a head that was made anew knows it. */
const label = "slurm-state";

/** A script and the unit that runs it at each boot, until it succeeds; its log says what is missing. */
export function setupFiles(role: "head" | "node", keyStore: KeyStore): readonly NodeFile[] {
  return [
    { path: setup, permissions: "0755", content: setupScript(role, keyStore) },
    {
      path: `/etc/systemd/system/${setupUnit}`,
      content: unit("Install Slurm and take the key of its cluster", "network-online.target", [
        "Type=oneshot",
        "RemainAfterExit=yes",
        `ExecStart=${setup}`,
        // The packages of the first boot, which others may be installing at the same time.
        "TimeoutStartSec=900",
        "Restart=on-failure",
        "RestartSec=30",
      ]),
    },
  ];
}

/** The key comes before the packages, and the daemon last: it waits for this script, so an installation that started it would wait for itself. */
function setupScript(role: "head" | "node", keyStore: KeyStore): string {
  return `#!/usr/bin/env bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# Root alone gets a token of the machine from Azure: with one, whoever runs a job could read the key, and then be anybody.
others=(OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner root --jump REJECT)
iptables --wait --check "\${others[@]}" 2> /dev/null || iptables --wait --insert "\${others[@]}"

install_packages() {
  apt-get install --quiet --yes -o DPkg::Lock::Timeout=600 "$@"
}

${role === "head" ? mountState : ""}id slurm > /dev/null 2>&1 ||
  useradd --uid ${slurmUserId} --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin slurm
if ! command -v munged > /dev/null; then
  # The image names the packages of Slurm that are tried out; these are the released ones.
  sed --in-place 's/ insiders / stable /' /etc/apt/sources.list.d/slurm.list
  apt-get update --quiet -o DPkg::Lock::Timeout=600
  install_packages munge
fi

${takeKey(role, keyStore)}
${role === "head" ? startHead : startNode}`;
}

/** A new disk gets a file system, one with a state is taken as it is. Where the disk is depends on how the size shows disks. */
const mountState = `if ! mountpoint --quiet ${statePath}; then
  if ! blkid --label ${label} > /dev/null; then
    for disk in /dev/disk/azure/scsi1/lun0 /dev/disk/azure/data/by-lun/0; do
      if [ -e "$disk" ]; then mkfs.ext4 -q -L ${label} "$disk"; fi
    done
  fi
  mkdir --parents ${statePath}
  mount LABEL=${label} ${statePath}
fi
`;

const startHead = `${packages("slurmctld", "slurm-smd-slurmctld")}
chown slurm:slurm ${statePath}
${start("slurmctld")}`;

const startNode = `${packages("slurmd", "slurm-smd-slurmd", "slurm-smd-libnss-slurm")}
# In a job, Slurm says who its user is: the head may know users that this node does not.
sed --in-place --regexp-extended '/^(passwd|group):/{/slurm/!s/: */&slurm /}' /etc/nsswitch.conf
${start("slurmd")}`;

/**
 * Installs packages at the one version, and keeps it: a newer one belongs on all machines of a cluster at once. Meanwhile the daemon is masked,
 * and Debian's packages leave alone what is not enabled.
 */
function packages(daemon: string, ...of: readonly string[]): string {
  const names = ["slurm-smd", "slurm-smd-client", ...of];
  const versions = names.map((it) => `'${it}=${slurmVersion}*'`).join(" ");
  return `if [[ $(dpkg-query --show --showformat='\${Version}' ${of[0] ?? ""} 2> /dev/null) != ${slurmVersion}* ]]; then
  systemctl mask --runtime ${daemon}
  install_packages --allow-change-held-packages ${versions}
  apt-mark hold ${names.join(" ")}
fi`;
}

/** Starts a daemon, now and at each boot. Not waited for: its own unit starts it again until it runs. */
function start(daemon: string): string {
  return `systemctl unmask --runtime ${daemon}
systemctl enable ${daemon}
systemctl start --no-block ${daemon}
`;
}
