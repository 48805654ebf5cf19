import { describe, expect, it } from "vitest";
import { isTimeZone } from "../../catalog/off-hours";
import { windowsTimeZone } from "../../catalog/windows-time-zone";

describe("windowsTimeZone", () => {
  it.each([
    ["UTC", "UTC"],
    ["Europe/Berlin", "W. Europe Standard Time"],
    ["America/New_York", "Eastern Standard Time"],
    ["Asia/Kolkata", "India Standard Time"],
    ["Asia/Calcutta", "India Standard Time"],
    // Younger than the table of the library.
    ["Europe/Kyiv", "FLE Standard Time"],
    ["Asia/Tokyo", "Tokyo Standard Time"],
    ["Australia/Sydney", "AUS Eastern Standard Time"],
  ])("calls %s %s", (name, windows) => {
    expect(windowsTimeZone(name)).toBe(windows);
  });

  it("has a name for the zones that this machine knows and hours may name, but three that Windows or the table lacks", () => {
    const all = Intl.supportedValuesOf("timeZone").filter(isTimeZone);
    expect(all.length).toBeGreaterThan(400);
    const lacking = ["America/Ciudad_Juarez", "America/Coyhaique", "Antarctica/Troll"];
    expect(all.filter((it) => windowsTimeZone(it) === undefined && !lacking.includes(it))).toEqual([]);
  });
});
