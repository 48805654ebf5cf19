/** What the environment tells the simulator. */
export interface Settings {
  /** Folder of the simulated Azure. */
  readonly folder: string;
  /** Simulated seconds for each real one. */
  readonly speed: number;
  readonly settleMilliseconds: number;
}

/**
 * Reads `GPU_SIMULATOR_FOLDER`, `GPU_SIMULATOR_SPEED` (60) and `GPU_SIMULATOR_SETTLE_MS` (100).
 * @throws Error that says what is missing or wrong
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const folder = environment["GPU_SIMULATOR_FOLDER"] ?? "";
  if (folder === "") {
    throw new Error(
      "GPU_SIMULATOR_FOLDER is not set. This is the simulated azure-native provider: set it to a folder that holds, " +
        "or will hold, a simulated Azure. For the real Azure take the folder that `which pulumi-resource-azure-native` " +
        "shows off PATH.",
    );
  }
  const number = (name: string, otherwise: number): number => {
    const value = Number(environment[name] ?? otherwise);
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number, and not below 0.`);
    return value;
  };
  const speed = number("GPU_SIMULATOR_SPEED", 60);
  if (speed === 0) throw new Error("GPU_SIMULATOR_SPEED must be more than 0.");
  return { folder, speed, settleMilliseconds: number("GPU_SIMULATOR_SETTLE_MS", 100) };
}
