import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cacheFolder } from "../../../simulator/engine/cache";
import { buildError, duration } from "../../../simulator/engine/go-build";
import { helmModule, kubernetesModule, pulumiModule, requiredVersion } from "../../../simulator/engine/modules";

afterEach(() => vi.unstubAllEnvs());

describe("what is built", () => {
  test("is the engine of the SDK that is installed", () => {
    expect(pulumiModule().version).toBe(sdkVersion);
  });

  test("lies in a folder of its own per version", () => {
    vi.stubEnv("XDG_CACHE_HOME", "/cache");
    expect(pulumiModule().folder).toMatch(
      new RegExp(`^/cache/azure-gpu-cluster/engine/pulumi-${sdkVersion}-[0-9a-f]{8}$`),
    );
    expect(kubernetesModule().folder).toMatch(
      /^\/cache\/azure-gpu-cluster\/engine\/kubernetes-1\.36\.\d+-[0-9a-f]{8}$/,
    );
    expect(helmModule().folder).toMatch(/^\/cache\/azure-gpu-cluster\/engine\/helm-4\.\d+\.\d+-[0-9a-f]{8}$/);
  });

  test("knows its version", () => {
    const [server] = kubernetesModule().programs;
    expect(server?.variables).toMatchObject({
      "k8s.io/component-base/version.gitVersion": `v${kubernetesModule().version}`,
      "k8s.io/component-base/version.gitMinor": "36",
    });
  });

  test("is one Helm, which knows its version and speaks to Kubernetes as our API server does", () => {
    const { programs, source, version } = helmModule();
    expect(programs).toEqual([
      {
        executable: "helm",
        package: "helm.sh/helm/v4/cmd/helm",
        variables: { "helm.sh/helm/v4/internal/version.version": `v${version}` },
      },
    ]);
    const goMod = readFileSync(join(source, "go.mod"), "utf8");
    const minor = (it: string): string | undefined => it.split(".")[1];
    expect(minor(requiredVersion(goMod, "k8s.io/client-go"))).toBe(minor(kubernetesModule().version));
  });

  test("takes every staging module at the server's version", () => {
    const { source, version } = kubernetesModule();
    const replaced = [...readFileSync(join(source, "go.mod"), "utf8").matchAll(/^\s+(\S+) => (\S+) v(\S+)$/gm)];
    expect(replaced.length).toBeGreaterThan(30);
    for (const [, from, to, at] of replaced) expect([to, at]).toEqual([from, version.replace(/^1\./, "0.")]);
  });

  test("is read from a go.mod", () => {
    const goMod =
      "module x\n\nrequire a.b/c/v3 v3.1.0\n\nrequire (\n\tk8s.io/kubernetes v1.2.3\n\tk8s.io/kube v9.9.9\n)\n";
    expect(requiredVersion(goMod, "a.b/c/v3")).toBe("3.1.0");
    expect(requiredVersion(goMod, "k8s.io/kubernetes")).toBe("1.2.3");
    expect(() => requiredVersion(goMod, "k8s.io/none")).toThrow("The go.mod requires no version of k8s.io/none.");
  });
});

describe("the cache", () => {
  test.each([
    ["/xdg", "/xdg/azure-gpu-cluster/engine"],
    ["", "/home/me/.cache/azure-gpu-cluster/engine"],
    ["relative", "/home/me/.cache/azure-gpu-cluster/engine"],
  ])("with XDG_CACHE_HOME '%s' is %s", (xdg, folder) => {
    vi.stubEnv("HOME", "/home/me");
    vi.stubEnv("XDG_CACHE_HOME", xdg);
    expect(cacheFolder("engine")).toBe(folder);
  });
});

describe("a build that fails", () => {
  test.each([
    ["x.go:1: undefined: y", 1, "Building pulumi failed. The last lines of go build:\n  x.go:1: undefined: y"],
    ["link: write /tmp/a: no space left on device", 1, "The disk is full"],
    [
      "go: go.mod requires go >= 1.26.0 (running go 1.24.1; GOTOOLCHAIN=local)",
      2,
      "Go 1.24.1 is too old: install Go 1.26.0 or newer.",
    ],
  ])("with '%s' ends with %i and says what to do", (output, exitCode, message) => {
    const error = buildError("pulumi", [output]);
    expect(error.exitCode).toBe(exitCode);
    expect(error.message).toContain(message);
  });
});

test.each([
  [400, "0 s"],
  [59_000, "59 s"],
  [65_000, "1 m 05 s"],
])("%i ms are %s", (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
