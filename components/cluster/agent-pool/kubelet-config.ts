import { z } from "zod";
import {
  cpuCfsQuotaPeriodMs,
  cpuManagerPolicies,
  imageGcDefaults,
  kubeletBounds,
  topologyManagerPolicies,
  unsafeSysctls,
} from "../../../catalog/kubelet-settings";
import type { Problems } from "../../../core/problems";
import { keysOf } from "../../../core/records";

/** What the kubelet of a pool is told, by Azure's own names. */
export const kubeletConfigShape = z.strictObject({
  /**
   * `static` gives pods of class Guaranteed with whole CPUs those CPUs for themselves; all others share what is left. Default: static on
   * GPU pools, else none.
   */
  cpuManagerPolicy: z.enum(cpuManagerPolicies).exactOptional(),
  /**
   * How strictly CPUs and devices of a pod must lie on one socket. `restricted` and `single-numa-node` turn pods away for good that do
   * not fit so. Default: best-effort on GPU pools, else none.
   */
  topologyManagerPolicy: z.enum(topologyManagerPolicies).exactOptional(),
  /** Whether a limit on CPUs slows a container down. Default: true. */
  cpuCfsQuota: z.boolean().exactOptional(),
  /** How often that limit is counted, "1ms" to "1000ms". Default: "100ms". */
  cpuCfsQuotaPeriod: z.string().exactOptional(),
  /** Use of the disk in percent from which images that nobody uses are removed; 100 never removes any. Default: 85. */
  imageGcHighThreshold: z.int().exactOptional(),
  /** Use of the disk in percent at which that ends, below the other. Default: 80. */
  imageGcLowThreshold: z.int().exactOptional(),
  /**
   * Kernel settings beyond the safe ones that pods may ask for: names, or beginnings with `*`. They can harm the node and who shares
   * it. Default: none.
   */
  allowedUnsafeSysctls: z.array(z.string()).exactOptional(),
  /** Size in MB at which a log of a container is put away. Default: 50. */
  containerLogMaxSizeMB: z.int().exactOptional(),
  /** Logs that are kept of a container, from 2. Default: 5. */
  containerLogMaxFiles: z.int().exactOptional(),
  /** Processes of one pod at most; -1 sets no limit. Default: -1. */
  podMaxPids: z.int().exactOptional(),
  /** Whether the kubelet refuses to start beside a swap file. Default: true. */
  failSwapOn: z.boolean().exactOptional(),
});

export type KubeletConfig = z.output<typeof kubeletConfigShape>;

/** Notes a problem for each setting that AKS or the kubelet refuses. Paths begin with `kubeletConfig`. */
export function checkKubeletConfig(config: KubeletConfig, problems: Problems): void {
  const at = "kubeletConfig";
  for (const name of keysOf(kubeletBounds)) {
    const value = config[name];
    if (value !== undefined) problems.requireWhole(`${at}.${name}`, value, kubeletBounds[name]);
  }
  const { imageGcHighThreshold: high, imageGcLowThreshold: low, podMaxPids } = config;
  if (high !== undefined || low !== undefined) {
    problems.require(
      (low ?? imageGcDefaults.low) < (high ?? imageGcDefaults.high),
      `${at}.${low === undefined ? "imageGcHighThreshold" : "imageGcLowThreshold"}`,
      low === undefined
        ? `must be above imageGcLowThreshold (${imageGcDefaults.low})`
        : `must be below imageGcHighThreshold (${high ?? imageGcDefaults.high})`,
      { got: low ?? high, remedy: "Write both" },
    );
  }
  problems.require(podMaxPids !== 0, `${at}.podMaxPids`, "must not be 0: no pod could start", {
    got: podMaxPids,
    remedy: "Use -1 for no limit",
  });
  checkQuotaPeriod(config, `${at}.cpuCfsQuotaPeriod`, problems);
  config.allowedUnsafeSysctls?.forEach((name, index) => {
    problems.require(
      /^[a-z0-9_.-]+\*?$/.test(name) && unsafeSysctls.some((it) => covers(it, name)),
      `${at}.allowedUnsafeSysctls[${index}]`,
      `must be, or begin with, what AKS lets pods have: ${unsafeSysctls.join(", ")}`,
      { got: name, remedy: "Set it for the whole node (linuxOSConfig.sysctls) where Azure has it" },
    );
  });
  problems.requireDistinct(`${at}.allowedUnsafeSysctls`, config.allowedUnsafeSysctls ?? [], "Remove the second");
}

function checkQuotaPeriod({ cpuCfsQuota, cpuCfsQuotaPeriod }: KubeletConfig, path: string, problems: Problems): void {
  if (cpuCfsQuotaPeriod === undefined) return;
  const [least, most] = cpuCfsQuotaPeriodMs;
  const ms = Number(/^(\d+)ms$/.exec(cpuCfsQuotaPeriod)?.[1] ?? Number.NaN);
  problems.require(ms >= least && ms <= most, path, `must be milliseconds from ${least}ms to ${most}ms`, {
    got: cpuCfsQuotaPeriod,
    remedy: "Write 100ms for example",
  });
  problems.require(cpuCfsQuota !== false, path, "must be absent: cpuCfsQuota is false, so nothing is counted", {
    got: cpuCfsQuotaPeriod,
    remedy: "Remove one of the two",
  });
}

/** Whether a name, or all that begin so, are among those of a pattern. */
function covers(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
