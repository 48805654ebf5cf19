/** What a sidecar takes, in CPUs and GiB. */
export interface SidecarResources {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What the server of a pod has: all that the pod asks for, less what its sidecars take of it. */
export function besideSidecars(
  { cpu = "0", memory = "0", ...devices }: Readonly<Record<string, string>>,
  sidecars: readonly SidecarResources[],
): Readonly<Record<string, string>> {
  const sum = (of: keyof SidecarResources): number => sidecars.reduce((total, it) => total + it[of], 0);
  return {
    cpu: String(Number(cpu) - sum("cpu")),
    memory: `${Number.parseInt(memory, 10) - sum("memoryGiB")}Gi`,
    ...devices,
  };
}
