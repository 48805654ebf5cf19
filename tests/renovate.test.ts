import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type LockedKey, lockedKeys, versionLocks } from "../catalog/version-locks";
import { amdOperandImages, operandImages, versions } from "../catalog/versions";
import { keysOf } from "../core/records";
import { root } from "./stack-files";

/** What of a manager of one's own Renovate reads. */
interface CustomManager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly matchStringsStrategy?: "recursive";
  readonly datasourceTemplate: string;
  readonly depNameTemplate?: string;
  readonly registryUrlTemplate?: string;
}

interface Renovate {
  readonly automerge: boolean;
  readonly minimumReleaseAge: string;
  readonly customManagers: readonly CustomManager[];
  readonly packageRules: readonly {
    readonly matchFileNames?: readonly string[];
    readonly matchDepNames?: readonly string[];
    readonly matchPackageNames?: readonly string[];
    readonly allowedVersions?: string;
    readonly minimumReleaseAge?: string;
  }[];
}

/** A version as a manager finds it in a file. */
interface Found {
  readonly name: string;
  readonly value: string;
  readonly registry: string | undefined;
  readonly digest: string | undefined;
  readonly source: string;
}

function text(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

const config = JSON.parse(text("renovate.json")) as Renovate;
const [catalogueFile, locksFile] = ["catalog/versions.ts", "catalog/version-locks.ts"];
const catalogue = text(catalogueFile);
const locks = text(locksFile);

function managersOf(file: string): CustomManager[] {
  return config.customManagers.filter(({ managerFilePatterns }) =>
    managerFilePatterns.some((it) => new RegExp(it.slice(1, -1)).test(file)),
  );
}

/** What Renovate finds in a text that has the name of a file: each pattern in all of it or, recursively, in what the one before it found. */
function findIn(file: string, content: string): Found[] {
  return managersOf(file).flatMap((manager) => {
    const last = manager.matchStrings.at(-1) ?? "";
    const outer = manager.matchStringsStrategy === "recursive" ? manager.matchStrings.slice(0, -1) : [];
    const inner = outer.reduce((within, it) => new RegExp(it).exec(within)?.[0] ?? "", content);
    return [...inner.matchAll(new RegExp(last, "g"))].map(({ groups = {} }) => ({
      name: manager.depNameTemplate ?? groups["depName"] ?? "",
      value: groups["currentValue"] ?? "",
      registry: manager.registryUrlTemplate ?? groups["registryUrl"],
      digest: groups["currentDigest"],
      source: manager.datasourceTemplate,
    }));
  });
}

/** Components of the catalogue that no manager finds, because somebody else decides their version. */
const notProposed: Readonly<Partial<Record<keyof typeof versions, string>>> = {
  nvidiaDriver: "comes with the chart of the GPU operator",
  amdDriver: "AMD's packages for Ubuntu: no datasource lists them",
  cilium: "AKS decides",
  managedPrometheus: "AKS decides",
  gatewayApi: "AKS decides",
  keda: "AKS decides",
  secretsStoreCsiDriver: "AKS decides",
};

/** Components without a chart or an image, by the repository whose tags are their versions. */
const repositories: Readonly<Partial<Record<keyof typeof versions, string>>> = {
  mpiOperator: "kubeflow/mpi-operator",
  gatewayApiInferenceExtension: "kubernetes-sigs/gateway-api-inference-extension",
  flux: "fluxcd/flux2",
  fluxSources: "fluxcd/source-controller",
  fluxKustomizations: "fluxcd/kustomize-controller",
  lustreCsiDriver: "kubernetes-sigs/azurelustre-csi-driver",
};

/** How a component has to be found. */
function wanted(key: keyof typeof versions): Partial<Found> {
  const row: { chart?: string; image?: string; repository?: string; version: string; digest?: string } = versions[key];
  const { chart, image, repository, version: value, digest } = row;
  if (image !== undefined) return { name: image, value, digest, source: "docker" };
  if (chart === undefined) return { name: repositories[key] ?? "none", value, source: "github-tags" };
  if (chart.startsWith("oci://")) return { name: chart.slice("oci://".length), value, source: "docker" };
  return { name: chart, value, registry: repository, source: "helm" };
}

function fits(found: Found, { name, value, registry, source, digest }: Partial<Found>): boolean {
  return (
    found.name === name &&
    found.value === value &&
    found.source === source &&
    found.registry === registry &&
    found.digest === digest
  );
}

const proposed = keysOf(versions).filter((it) => notProposed[it] === undefined);

describe("in the catalogue", () => {
  const found = findIn(catalogueFile, catalogue);

  it.each(proposed)("finds %s once, where it is published and with the digest that stands beside it", (key) => {
    expect(found.filter((it) => fits(it, wanted(key)))).toHaveLength(1);
  });

  it("finds what operators are told to pull, and nothing else", () => {
    const operands = Object.values(operandImages).map((it) => `${it.repository}/${it.image} ${it.version}`);
    const amd = Object.values(amdOperandImages).map(({ image }) => image.split("@")[0]?.replace(/:([^:]+)$/, " $1"));
    const names = found.map(({ name, value }) => `${name} ${value}`);
    for (const it of [...operands, ...amd]) expect(names.filter((name) => name === it)).toHaveLength(1);
    expect(found).toHaveLength(proposed.length + operands.length + amd.length);
  });
});

describe("in the locks", () => {
  const marker = "// The newest lock: ";
  const newest = versionLocks.at(-1);
  /** All versions behind the line for Renovate. */
  const pinned = (content: string): string[] =>
    [...(content.split(marker)[1] ?? "").matchAll(/\b(\w+): \{\s+version: "([^"]+)"/g)]
      .filter(([, key]) => key !== "kubernetes")
      .map(([, , value = ""]) => value);
  const found = (content: string): string[] => findIn(locksFile, content).map(({ value }) => value);

  it("finds each version of the newest one, and none of a lock that environments run", () => {
    const pins = Object.values({ ...newest?.pins, ...newest?.operands }).map(({ version }) => version);
    expect(found(locks).sort()).toEqual([...pins].sort());
    expect(pinned(locks).sort()).toEqual([...pins].sort());
    expect(locks.split(marker)[1]).toMatch(new RegExp(`^[^{]*\\{\\s+name: "${newest?.name ?? ""}"`));
    expect(locks.split(marker)).toHaveLength(2);
  });

  it("sees a pin that no manager finds", () => {
    const more = locks.replace(/(The newest lock: [\s\S]*?\n {4}pins: \{)/, '$1\n      other: { version: "9.9.9" },');
    expect(pinned(more).filter((it) => !found(more).includes(it))).toEqual(["9.9.9"]);
  });

  /** Everything that a lock may pin, at one version, behind the line and before it. */
  const everything = (keys: readonly string[]): string =>
    `  { name: "2020.01", pins: { ${keys.map((it) => `${it}: { version: "0.0.1", source: "" }`).join(", ")} } },\n` +
    `  ${marker}here.\n  { pins: {\n${keys.map((it) => `${it}: {\n version: "9.9.9",\n source: "" },`).join("\n")} } }`;

  it("would find any that a lock may pin, where the catalogue finds it", () => {
    const keys: readonly LockedKey[] = lockedKeys.filter((it) => notProposed[it] === undefined);
    const operands = keysOf(operandImages);
    const all = findIn(locksFile, everything([...keys, ...operands]));
    for (const key of keys)
      expect(all.filter((it) => fits(it, { ...wanted(key), value: "9.9.9", digest: undefined }))).toHaveLength(1);
    for (const { repository, image } of Object.values(operandImages))
      expect(all.filter(({ name }) => name === `${repository}/${image}`)).toHaveLength(1);
    expect(all).toHaveLength(keys.length + operands.length);
    expect(all.filter(({ value }) => value !== "9.9.9")).toEqual([]);
  });
});

describe("as a file", () => {
  it("has managers for files that are here, each of which finds something, or is for what a lock may pin", () => {
    const idle = config.customManagers.filter((manager) => {
      const [pattern = ""] = manager.managerFilePatterns;
      const file = pattern.slice(2, -2).replaceAll("\\", "");
      if (!existsSync(path.join(root, file))) return true;
      return file !== locksFile && !new RegExp(manager.matchStrings.at(-1) ?? "").test(text(file));
    });
    expect(idle).toEqual([]);
  });

  it("has no expression that Renovate's engine, RE2, does not know", () => {
    const all = config.customManagers.flatMap(({ matchStrings }) => matchStrings);
    expect(all.filter((it) => /\(\?(=|!|<=|<!)|\\[1-9]|\\k</.test(it))).toEqual([]);
  });

  it("merges nothing, and waits for each release", () => {
    const merging = JSON.stringify(config).match(/"(platformA|a)utomerge":true/g);
    expect(merging).toBeNull();
    const ages = [config, ...config.packageRules].flatMap(({ minimumReleaseAge: it }) =>
      it === undefined ? [] : [it],
    );
    expect(ages.filter((it) => Number.parseInt(it, 10) < 14 || !it.endsWith(" days"))).toEqual([]);
  });

  it("groups names that are found, and bounds packages that are installed below the bound", () => {
    const names = findIn(catalogueFile, catalogue).map(({ name }) => name);
    const grouped = config.packageRules.flatMap(({ matchDepNames = [] }) => matchDepNames);
    expect(grouped.length).toBeGreaterThan(0);
    const lost = grouped.filter((it) =>
      it.endsWith("/**") ? !names.some((name) => name.startsWith(it.slice(0, -2))) : !names.includes(it),
    );
    expect(lost).toEqual([]);
    const { dependencies, devDependencies } = JSON.parse(text("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const installed: Readonly<Record<string, string>> = { ...dependencies, ...devDependencies };
    const numbers = (version: string): number[] =>
      version
        .replace(/^[<v]+/, "")
        .split(".")
        .map(Number);
    const bounds = config.packageRules.filter(({ allowedVersions }) => allowedVersions !== undefined);
    expect(bounds.length).toBeGreaterThan(0);
    for (const { matchPackageNames = [], allowedVersions = "" } of bounds) {
      const [name = ""] = matchPackageNames;
      const [major = 0, minor = 0] = numbers(installed[name] ?? "");
      const [most = 0, mostMinor = 0] = numbers(allowedVersions);
      expect(major < most || (major === most && minor < mostMinor), `${name} ${installed[name] ?? ""}`).toBe(true);
    }
  });
});
