import { expect, it } from "vitest";
import { isEncrypted, isInRepository, isVersion } from "../../../policies/rules/kubernetes/charts";

it.each([
  ["oci://registry.k8s.io/kueue", true],
  ["https://charts.example.com", true],
  ["./charts/team", true],
  ["http://charts.example.com", false],
  ["http://example.com/?to=https://charts.example.com", false],
  ["../charts/team", false],
  ["gpu-operator", false],
])("%s comes encrypted, or from the repository: %s", (source, encrypted) =>
  expect(isEncrypted(source)).toBe(encrypted),
);

it.each([
  ["./charts/team", true],
  ["../charts/team", false],
  ["charts/./", false],
  [undefined, false],
  [7, false],
])("%j lies in the repository: %s", (source, inside) => expect(isInRepository(source)).toBe(inside));

it.each(["1.2.3", "v1.2.3", "10.20.30", "1.2.3-rc.1", "1.2.3+build.5", "1.2.3-alpha-1"])(
  "%s is one version",
  (version) => expect(isVersion(version)).toBe(true),
);

it.each([
  "1.2",
  "1.2.x",
  "^1.2.3",
  ">=1.2.3",
  "1.2.3 || 2.0.0",
  "1.2.3-",
  "1.2.3.4",
  "1.2.3-!",
  "vv1.2.3",
  "",
  1,
  undefined,
])("%j is not one version", (version) => expect(isVersion(version)).toBe(false));
