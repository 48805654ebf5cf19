import { describe, expect, it } from "vitest";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { nodeImageWarning } from "../../../../components/cluster/agent-pool/node-image-warning";

const image = (number: string): string => `AKSUbuntu-2404gen2containerd-${number}`;
const size = findVmSize("Standard_NV36ads_A10_v5");
const renew = "Renew it as docs/runbooks/node-images.md says; if that was done, run pulumi refresh.";

describe("nodeImageWarning", () => {
  it("tells of fixes that are too old", () => {
    const pool = { name: "h100d1", nodeImageVersion: image("202607.15.0"), size: undefined };
    expect(nodeImageWarning(pool, "2026-11-21")).toBe(
      `Pool h100d1 runs node image 202607.15.0: its last security fixes are of 2026-07-15, more than 90 days ago. ${renew}`,
    );
  });

  it("tells of an image that its GPUs do not work with, and of both at once", () => {
    const pool = { name: "a10", nodeImageVersion: image("202606.01.0"), size };
    expect(nodeImageWarning(pool, null)).toBe(
      `Pool a10 runs node image 202606.01.0: its GPUs need 202606.08.1 or newer, and not 202607.02.0. ${renew}`,
    );
    expect(nodeImageWarning(pool, "2026-11-21")).toContain(
      "and not 202607.02.0, and its last security fixes are of 2026-06-01",
    );
  });

  it.each([
    ["a young one", image("202611.01.0"), "2026-11-21"],
    ["an image that is not known yet", undefined, "2026-11-21"],
    ["a version of another form", "AKSUbuntu-newest", "2026-11-21"],
    ["an old one where nobody says the day", image("202507.15.0"), null],
  ])("is silent about %s", (_, nodeImageVersion, today) => {
    expect(nodeImageWarning({ name: "h100d1", nodeImageVersion, size: undefined }, today)).toBe(null);
  });
});
