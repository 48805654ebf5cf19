import { type Logins, loginFiles } from "../login-files";
import { cloudConfig } from "../node-file";
import { type Shared, sharedFiles } from "../shared-files";
import type { KeyStore } from "./key-store";
import { setupFiles, setupUnit } from "./setup-files";
import { cgroupConf, gresConf, slurmConf, type SlurmCluster, statePath } from "./slurm-conf";

/** What is known of a head's surroundings when it is made. */
export interface HeadSurroundings {
  /** Address that the nodes call. */
  readonly address: string;
  readonly keyStore: KeyStore;
  /** What is mounted. */
  readonly shared: Shared;
}

/** The cloud-init document of a head: the configuration of the whole cluster, and the shared files and variables that its nodes have. */
export function headCloudInit(cluster: SlurmCluster, logins: Logins, around: HeadSurroundings): string {
  const gres = gresConf(cluster);
  return cloudConfig([
    ...loginFiles(logins),
    { path: "/etc/slurm/slurm.conf", content: slurmConf(cluster, around.address) },
    ...(gres === null ? [] : [{ path: "/etc/slurm/gres.conf", content: gres }]),
    { path: "/etc/slurm/cgroup.conf", content: cgroupConf },
    {
      path: "/etc/systemd/system/slurmctld.service.d/10-state.conf",
      content: [
        "[Unit]",
        `After=${setupUnit}`,
        // Stopped before the disk is unmounted, so that the last state is on it.
        `RequiresMountsFor=${statePath}`,
        "",
        "[Service]",
        // Without its disk it would begin with an empty queue.
        `ExecStartPre=/usr/bin/mountpoint --quiet ${statePath}`,
        "Restart=always",
        "RestartSec=10",
        "",
      ].join("\n"),
    },
    ...sharedFiles(around.shared),
    ...setupFiles("head", around.keyStore),
  ]);
}
