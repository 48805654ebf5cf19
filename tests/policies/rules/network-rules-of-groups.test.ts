import { describe, expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { everyPort, parsePorts } from "../../../policies/rules/network/nsg";

describe("ports", () => {
  it.each([
    ["22", [{ from: 22, to: 22 }]],
    [22, [{ from: 22, to: 22 }]],
    ["8000-9000", [{ from: 8000, to: 9000 }]],
    ["*", [{ from: 0, to: 65_535 }]],
    [
      "22, 80-90 ,*",
      [
        { from: 22, to: 22 },
        { from: 80, to: 90 },
        { from: 0, to: 65_535 },
      ],
    ],
    ["22,ssh", [{ from: 22, to: 22 }]],
  ])("%j are read", (given, ports) => expect(parsePorts(given)).toEqual(ports));

  it.each(["", "ssh", "ssh22", "22ssh", "123456", "1-2-3", "-22", unknownValue, undefined, null, true, ["22"], {}])(
    "%j are none",
    (given) => expect(parsePorts(given)).toEqual([]),
  );
});

it.each([
  ["*", true],
  ["0-65535", true],
  ["1-65535", true],
  ["22,1-65535", true],
  ["2-65535", false],
  ["1-65534", false],
  ["1-1024,1024-65535", false],
  ["", false],
])("%s is every port: %s", (given, every) => expect(everyPort(parsePorts(given))).toBe(every));
