import { expect, it } from "vitest";
import { ephemeralOsDiskGiB } from "../../catalog/ephemeral-os-disk";
import { findVmSize } from "../../catalog/vm-sizes";

it.each([
  ["the temporary disk", "Standard_D8ds_v5", 300],
  ["one NVMe disk of several", "Standard_D96ds_v6", 880],
  ["nothing without a local disk", "Standard_D8s_v5", 0],
  ["nothing without a local disk, v6", "Standard_D8as_v6", 0],
  ["an NVMe disk where the temporary disk is smaller", "Standard_NC24ads_A100_v4", 894],
])("an ephemeral OS disk may take %s: %s", (_, name, expected) => {
  const size = findVmSize(name);
  expect(size && ephemeralOsDiskGiB(size)).toBe(expected);
});
