import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { UnreachableError } from "../../../simulator/kubernetes/api-errors";
import { addressOf, failureFrom, isOutOfReach, placeIn, runFrom } from "../../../simulator/kubernetes/reach";

const publicName = "gpu-prod.hcp.eastus2.azmk8s.io";
const zoneOfAks = "gpu-prod.0a1b2c3d-0000-4000-8000-000000000000.private.eastus2.azmk8s.io";
const ownZone = "gpu-prod.gpu-prod.private.eastus2.azmk8s.io";

describe("the API server of a private cluster", () => {
  it.each([
    ["workstation", publicName, `dial tcp ${publicName}:443: i/o timeout`],
    ["workstation", zoneOfAks, `dial tcp: lookup ${zoneOfAks}: no such host`],
    ["workstation", ownZone, `dial tcp: lookup ${ownZone}: no such host`],
    ["peer", publicName, null],
    ["peer", zoneOfAks, `dial tcp: lookup ${zoneOfAks}: no such host`],
    ["peer", ownZone, null],
    ["runner", publicName, null],
    ["runner", zoneOfAks, null],
    ["runner", ownZone, null],
  ] as const)("is, from the %s and under the name %s, as the network says: %s", (place, host, failure) => {
    expect(failureFrom(place, host)).toBe(failure);
    expect(isOutOfReach(`error: Get "https://${host}:443/version": ${failure ?? "Unauthorized"}`)).toBe(
      failure !== null,
    );
  });
});

describe("the address behind a URL", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "reach-"));
  const cluster = { server: "https://127.0.0.1:6443", certificateAuthorityData: "Y2E=", token: "t" };
  writeFileSync(path.join(folder, "kubernetes.json"), JSON.stringify(cluster));

  it("is the one of the rehearsal where a private API server is found, and none elsewhere", () => {
    expect(placeIn(folder)).toBe("workstation");
    expect(() => addressOf(`https://${ownZone}:443`, folder)).toThrow(UnreachableError);
    runFrom(folder, "runner");
    expect(placeIn(folder)).toBe("runner");
    expect(addressOf(`https://${ownZone}:443`, folder)).toBe(cluster.server);
  });

  it("is the URL itself where it is no name of a private cluster", () => {
    runFrom(folder, "workstation");
    expect(addressOf("https://127.0.0.1:1234", folder)).toBe("https://127.0.0.1:1234");
  });
});
