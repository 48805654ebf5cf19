import { describe, expect, it } from "vitest";
import { readSettings } from "../../../simulator/azure/settings";

describe("settings of the simulator", () => {
  it("has defaults for all but the folder", () => {
    expect(readSettings({ GPU_SIMULATOR_FOLDER: "/f" })).toEqual({ folder: "/f", speed: 60, settleMilliseconds: 100 });
  });

  it.each([
    [{}, "GPU_SIMULATOR_FOLDER is not set"],
    [{ GPU_SIMULATOR_FOLDER: "" }, "take the folder that `which pulumi-resource-azure-native` shows off PATH."],
    [{ GPU_SIMULATOR_FOLDER: "/f", GPU_SIMULATOR_SPEED: "fast" }, "GPU_SIMULATOR_SPEED must be a number"],
    [{ GPU_SIMULATOR_FOLDER: "/f", GPU_SIMULATOR_SPEED: "0" }, "GPU_SIMULATOR_SPEED must be more than 0"],
    [{ GPU_SIMULATOR_FOLDER: "/f", GPU_SIMULATOR_SETTLE_MS: "-1" }, "GPU_SIMULATOR_SETTLE_MS must be a number"],
  ])("fails for %o", (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message);
  });
});
