import { describe, expect, it } from "vitest";
import { isOldImage, parseNodeImage, worksWith } from "../../catalog/node-images";

describe("parseNodeImage", () => {
  it.each([
    ["AKSUbuntu-2404gen2containerd-202607.15.0", "202607.15.0", "2026-07-15"],
    ["AKSUbuntu-2404gen2TLcontainerd-202607.15.3", "202607.15.3", "2026-07-15"],
    ["AKSAzureLinux-V3gen2-202602.13.5", "202602.13.5", "2026-02-13"],
    // Patched as they run, without a new image.
    ["AKSUbuntu-2204gen2containerd-202410.27.0-2024.12.01", "202410.27.0", "2024-12-01"],
  ])("reads %s", (version, number, fixed) => {
    expect(parseNodeImage(version)).toEqual({ number, fixed });
  });

  it.each(["", "AKSUbuntu-1804-2020.03.05", "AKSUbuntu-2404gen2containerd-202699.99.0", "202607.15.0"])(
    "knows no other form: %j",
    (version) => {
      expect(parseNodeImage(version)).toBe(undefined);
    },
  );
});

it("tells old images from new ones to the day", () => {
  const image = { number: "202607.15.0", fixed: "2026-07-15" };
  expect(isOldImage(image, "2026-10-13")).toBe(false);
  expect(isOldImage(image, "2026-10-14")).toBe(true);
});

it("knows what GPUs work with", () => {
  const images = { oldest: "202606.08.1", broken: ["202607.01.0"], source: "" };
  const works = (number: string): boolean => worksWith({ number, fixed: "" }, images);
  expect(["202606.08.0", "202606.08.1", "202607.01.0", "202607.15.0"].map(works)).toEqual([false, true, false, true]);
});
