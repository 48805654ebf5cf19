import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { describe, expect, it } from "vitest";
import { hasUnknown, isSecret, isUnknown, reveal, secret, unknownValue, unwrap } from "../../core/property-marks";

describe("marks", () => {
  it("are the engine's own", () => {
    expect(unknownValue).toBe(rpc.unknownValue);
    expect(secret(1)).toEqual({ [rpc.specialSigKey]: rpc.specialSecretSig, value: 1 });
  });

  it.each([
    unknownValue,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ])("know %s for unknown", (marker) => {
    expect(isUnknown(marker)).toBe(true);
    expect(hasUnknown({ a: [{ b: secret(marker) }] })).toBe(true);
  });

  it("take a text that was made from an unknown one for unknown only where anything unknown is asked for", () => {
    expect(isUnknown(`/subscriptions/${unknownValue}`)).toBe(false);
    expect(hasUnknown([`/subscriptions/${unknownValue}`])).toBe(true);
    expect(hasUnknown({ a: [{ b: "known" }] })).toBe(false);
  });

  it("are taken off at any depth", () => {
    expect(reveal({ a: [secret({ b: secret("s") })] })).toEqual({ a: [{ b: "s" }] });
    expect(isSecret(secret(1))).toBe(true);
    expect(isSecret({ value: 1 })).toBe(false);
  });

  it("wrap an unknown value where they wrap none", () => {
    expect(unwrap({ [rpc.specialSigKey]: rpc.specialOutputValueSig })).toBe(unknownValue);
    expect(unwrap(secret(secret(1)))).toBe(1);
    expect(unwrap("plain")).toBe("plain");
  });
});
