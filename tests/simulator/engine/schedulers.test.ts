import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { versions } from "../../../catalog/versions";
import { findEngine } from "../../../simulator/engine/engine";
import {
  kubernetesModule,
  kueueModule,
  requiredVersion,
  schedulersModule,
  trainerModule,
} from "../../../simulator/engine/modules";
import { ensureSchedulers, findSchedulers } from "../../../simulator/engine/schedulers";

// The programs from a `go` of our own: what stands around a build does not need one.
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schedulers-test-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("PATH", join(folder, "bin"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Makes an executable at the value of `-o`, and notes what was built of what. */
function fakeGo(before = ""): void {
  const go = join(folder, "bin", "go");
  const script = `${before}\nwhile [ "$1" != "-o" ]; do shift; done\necho program > "$2"\necho "$2 $3" >> ${folder}/asked`;
  writeFileSync(go, `#!/bin/sh\nexport PATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(go, 0o755);
}

/** What was built of which package, in order. */
const asked = (): string[][] =>
  readFileSync(join(folder, "asked"), "utf8")
    .trim()
    .split("\n")
    .map((it) => it.split(" ").map((word, at) => (at === 0 ? basename(word) : word)));

test("they are built once, each from its package, and there is no engine for it", async () => {
  fakeGo();
  expect(findSchedulers()).toBeUndefined();
  const [one, two] = await Promise.all([ensureSchedulers(), ensureSchedulers()]);
  const [kubernetes = "", kueue = "", trainer = ""] = [schedulersModule(), kueueModule(), trainerModule()].map(
    (it) => it.folder,
  );
  expect(one).toEqual({
    kubeScheduler: join(kubernetes, "kube-scheduler"),
    kubeControllerManager: join(kubernetes, "kube-controller-manager"),
    kwok: join(kueue, "kwok"),
    kueue: join(kueue, "kueue"),
    jobSetManager: join(kueue, "jobset-manager"),
    leaderWorkerSetManager: join(kueue, "lws-manager"),
    trainerManager: join(trainer, "trainer-controller-manager"),
  });
  expect(two).toEqual(one);
  expect(findSchedulers()).toEqual(one);
  expect(asked()).toEqual([
    ["kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"],
    ["kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"],
    ["kwok", "sigs.k8s.io/kwok/cmd/kwok"],
    ["kueue", "sigs.k8s.io/kueue/cmd/kueue"],
    ["jobset-manager", "sigs.k8s.io/jobset"],
    ["lws-manager", "sigs.k8s.io/lws/cmd"],
    ["trainer-controller-manager", "github.com/kubeflow/trainer/v2/cmd/trainer-controller-manager"],
  ]);
  expect(findEngine()).toBeUndefined();
});

test("what was built stays when Kueue cannot be", async () => {
  fakeGo('case "$*" in *cmd/kueue*) echo "x.go:3: undefined: y" >&2; exit 1;; esac');
  await expect(ensureSchedulers()).rejects.toThrow(`Building kueue (kueue ${kueueModule().version}) failed.`);
  expect([schedulersModule(), kueueModule()].map((it) => existsSync(it.folder))).toEqual([true, false]);
  expect(findSchedulers()).toBeUndefined();
});

test("the scheduler is of the API server's version, and knows it", () => {
  const own = ({ version, programs }: ReturnType<typeof kubernetesModule>): unknown => [
    version,
    programs[0]?.variables,
  ];
  expect(own(schedulersModule())).toEqual(own(kubernetesModule()));
});

test("Kueue and what it queues are of the versions that the catalogue pins", () => {
  const goMod = readFileSync(join(kueueModule().source, "go.mod"), "utf8");
  expect(kueueModule().version).toBe(versions.kueue.version);
  expect(requiredVersion(goMod, "sigs.k8s.io/jobset")).toBe(versions.jobSet.version);
  expect(requiredVersion(goMod, "sigs.k8s.io/lws")).toBe(versions.leaderWorkerSet.version);
  expect(trainerModule().version).toBe(versions.trainer.version);
});
