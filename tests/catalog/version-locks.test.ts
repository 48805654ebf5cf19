import { describe, expect, it } from "vitest";
import { imagesOfChart } from "../../catalog/chart-images";
import { isAtLeast, kubernetesVersions } from "../../catalog/kubernetes-versions";
import {
  defaultLock,
  findLock,
  lockedKeys,
  type VersionLock,
  versionLocks,
  versionsOf,
} from "../../catalog/version-locks";
import { versions } from "../../catalog/versions";

const locks: readonly VersionLock[] = versionLocks;

it("has each lock once, in the order of their months, each an upgrade of the one before", () => {
  const names = locks.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names.filter((it) => !/^20\d\d\.(0[1-9]|1[0-2])$/.test(it))).toEqual([]);
  expect(locks.map(({ after }) => after)).toEqual([null, ...names.slice(0, -1)]);
});

it("has for the default lock what the catalogue has, so that nobody who names none sees a change", () => {
  expect(versionsOf(findLock(defaultLock))).toEqual(versions);
  expect(findLock(defaultLock).operands).toEqual({});
});

describe.each(locks.map((lock) => [lock.name, lock] as const))("lock %s", (_, lock) => {
  it("names versions of Kubernetes that AKS has, and does not go back from the lock before", () => {
    const minors = kubernetesVersions.map(({ minor }) => minor);
    expect(minors).toContain(lock.kubernetes.version);
    expect(minors).toContain(lock.kubernetes.newest);
    expect(isAtLeast(lock.kubernetes.newest, lock.kubernetes.version)).toBe(true);
    const before = locks.find(({ name }) => name === lock.after);
    if (before !== undefined) expect(isAtLeast(lock.kubernetes.version, before.kubernetes.version)).toBe(true);
  });

  it("says where each pin was read, and pins nothing that it would have anyway", () => {
    const pins = Object.entries({ ...lock.pins, ...lock.operands });
    // With the version in it: a number that somebody else moved (renovate.json) is refused until its page was read.
    const digits = (text: string): string => text.replace(/\D+/g, "");
    const unread = pins.filter(([, { version, source }]) => !digits(source).includes(digits(version)));
    expect(unread).toEqual([]);
    const idle = lockedKeys.filter((key) => lock.pins[key]?.version === versions[key].version);
    expect(idle).toEqual([]);
  });

  it("runs, in what NVIDIA's operator installs, the host engine that it names", () => {
    const { gpuOperator, dcgm } = versionsOf(lock);
    const images = imagesOfChart(gpuOperator.chart, gpuOperator.version) ?? [];
    expect(images.find(({ image }) => image.endsWith("/dcgm"))?.tag).toBe(dcgm.version);
    expect(images.find(({ image }) => image.endsWith("/gpu-operator"))?.tag).toBe(gpuOperator.version);
  });
});
