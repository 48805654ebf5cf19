import { type NodeFile, unit } from "../node-file";
import { hugePagesKiB, hugePagesPath, type NodeSettings, sysctlFile } from "./node-settings";

const sysctlPath = "/etc/sysctl.d/99-node-settings.conf";
const scriptPath = "/usr/local/sbin/node-settings";

/** Unit that sets what has no file of its own: a node has it only where a shape asks for that. */
export const settingsUnit = "node-settings.service";

/** Files by which a node has its settings at each boot. */
export function settingsFiles(settings: NodeSettings): readonly NodeFile[] {
  const kernel = sysctlFile(settings);
  const limits = Object.entries({ nofile: settings.ulimits?.noFile, nproc: settings.ulimits?.nProc }).flatMap(
    ([limit, value]) => (value === undefined ? [] : [[limit, value] as const]),
  );
  const script = settingsScript(settings, kernel);
  return [
    ...(kernel === "" ? [] : [{ path: sysctlPath, content: kernel }]),
    ...(limits.length === 0
      ? []
      : [
          {
            // After 90-rdma.conf, whose limit of files it is to replace.
            path: "/etc/security/limits.d/91-node-settings.conf",
            content: ["*", "root"]
              .flatMap((user) =>
                limits.flatMap(([limit, value]) =>
                  ["soft", "hard"].map((kind) => `${user} ${kind} ${limit} ${value}\n`),
                ),
              )
              .join(""),
          },
          {
            path: "/etc/systemd/system.conf.d/91-node-settings.conf",
            content: `[Manager]\n${limits.map(([limit, value]) => `DefaultLimit${limit.toUpperCase()}=${value}\n`).join("")}`,
          },
        ]),
    ...(script === null
      ? []
      : [
          { path: scriptPath, permissions: "0755", content: script },
          {
            path: `/etc/systemd/system/${settingsUnit}`,
            content: unit("Set kernel and memory as the scale set says", "systemd-sysctl.service", [
              "Type=oneshot",
              "RemainAfterExit=yes",
              `ExecStart=${scriptPath}`,
            ]),
          },
        ]),
  ];
}

/** What has no file of its own, or needs a module first. It fails where a node has less than was asked for, and says what. */
function settingsScript(settings: NodeSettings, kernel: string): string | null {
  const { transparentHugePageEnabled: enabled, transparentHugePageDefrag: defrag } = settings.linuxOSConfig ?? {};
  const pages = hugePagesKiB(settings);
  const transparent = "/sys/kernel/mm/transparent_hugepage";
  const lines = [
    // Its settings are there with the module alone, and the first boot is past the service that reads the file.
    ...(kernel.includes("nf_conntrack") ? ["modprobe nf_conntrack"] : []),
    ...(kernel === "" ? [] : [`sysctl --quiet --load=${sysctlPath}`]),
    ...(enabled === undefined ? [] : [`echo ${enabled} > ${transparent}/enabled`]),
    ...(defrag === undefined ? [] : [`echo ${defrag} > ${transparent}/defrag`]),
    ...(pages === null
      ? []
      : [
          `pages=${hugePagesPath(pages.kiB)}`,
          `echo ${pages.count} > "$pages"`,
          // The kernel gives what it finds in one piece, and calls that a success.
          `[ "$(cat "$pages")" -eq ${pages.count} ] || { echo "$(cat "$pages") of ${pages.count} huge pages" >&2; exit 1; }`,
        ]),
  ];
  return lines.length === 0 ? null : ["#!/usr/bin/env bash", "set -euo pipefail", ...lines, ""].join("\n");
}
