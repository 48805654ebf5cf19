import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { crdSource } from "../../../simulator/kubernetes/crd-sources";
import { loadCrds } from "../../../simulator/kubernetes/crds";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crds-test-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"] ?? ""}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A `go` that answers with a module in `folder`, notes where it was asked and how, and does what else it is told. */
function fakeGo(exitCode = 0, more = ":"): void {
  const answer = JSON.stringify({ Dir: join(folder, "module") });
  const note = `echo "$PWD|$(ls -A)|$GOWORK|$*" > ${folder}/asked`;
  writeFileSync(join(folder, "go"), `#!/bin/sh\n${note}\n${more}\necho '${answer}'\nexit ${exitCode}\n`);
  chmodSync(join(folder, "go"), 0o755);
  const crd = "kind: CustomResourceDefinition\nspec: { versions: [] }\n";
  const path = join(folder, "module", crdSource("kueue").path);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "crd.yaml"), crd);
}

test("are downloaded in an empty folder of their own that is gone afterwards, outside every workspace of Go", async () => {
  fakeGo();
  vi.stubEnv("GOWORK", join(folder, "go.work"));
  expect(await loadCrds("kueue")).toEqual([{ kind: "CustomResourceDefinition", spec: { versions: [] } }]);
  const [where = "", files, workspace, args] = readFileSync(join(folder, "asked"), "utf8").trim().split("|");
  expect(where).toMatch(/\/azure-gpu-cluster-module-\w+$/);
  expect(existsSync(where)).toBe(false);
  const { module, version } = crdSource("kueue");
  expect({ files, workspace, args }).toEqual({
    files: "",
    workspace: "off",
    args: `mod download -json ${module}@${version}`,
  });
});

test("are loaded by two at once, as two teams need them", async () => {
  fakeGo();
  const [one, two] = await Promise.all([loadCrds("kueue"), loadCrds("kueue")]);
  expect(one).toEqual(two);
});

test("fails with Go's words when they cannot be had, and leaves no folder", async () => {
  fakeGo(1);
  await expect(loadCrds("kueue")).rejects.toThrow("could not be downloaded, which needs Go and a network once");
  const [where = ""] = readFileSync(join(folder, "asked"), "utf8").split("|");
  expect(existsSync(where)).toBe(false);
});

test("leave nothing half-written in the cache when they cannot be kept there", async () => {
  fakeGo();
  await loadCrds("kueue");
  const cache = join(folder, "cache", "azure-gpu-cluster", "crds");
  const [name = ""] = readdirSync(cache);
  rmSync(join(cache, name));
  // Of all that may go wrong with a disk, something that a test can bring about: a folder has taken the place.
  fakeGo(0, `mkdir -p ${join(cache, name)}`);
  await expect(loadCrds("kueue")).rejects.toThrow(name);
  expect(readdirSync(cache)).toEqual([name]);
});
