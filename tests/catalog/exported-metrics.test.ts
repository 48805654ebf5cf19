import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Exporter, exporters } from "../../catalog/exported-metrics";
import { versions } from "../../catalog/versions";
import { moduleFolder } from "../components/platform/chart-values";

type Name = keyof typeof exporters;

/** Where the program of an exporter says what it exports. */
interface Source {
  readonly module: string;
  /** Version that the row was read at, and, where this project pins the product, that it installs. */
  readonly version: string;
  /** Files that are read, as one text. */
  readonly files: readonly string[];
  /** What stands before each name, and how the files say it: Prometheus joins it with an underscore. */
  readonly prefix: { readonly text: string; readonly said: RegExp } | null;
  /** Labels of a metric by the name in the files, or undefined where they name no such metric. */
  readonly labelsOf: (files: string, name: string) => readonly string[] | undefined;
}

const quoted = (list: string): string[] => [...list.matchAll(/"(\w+)"/g)].map(([, it = ""]) => it);

/** In Go a name is followed by the list of its labels; or it is a constant, which is. */
const inGo: Source["labelsOf"] = (files, name) => {
  const constant = new RegExp(`(\\w+)\\s+= "${name}"`).exec(files)?.[1];
  const list = new RegExp(
    `${constant === undefined ? `"${name}"` : `\\b${constant}\\)`}(?:(?!Name:|NewDesc\\()[\\s\\S])*?\\[\\]string\\{([^}]*)\\}`,
  );
  const found = list.exec(files)?.[1];
  return found === undefined ? undefined : quoted(found);
};

/** The map of the collector of InfiniBand, all of whose metrics have one list of labels after it. */
const inMap: Source["labelsOf"] = (files, name) => {
  const list = new RegExp(`"${name}":[\\s\\S]*?\\[\\]string\\{([^}]*)\\}`).exec(files)?.[1];
  return list === undefined ? undefined : quoted(list);
};

/** In Rust labels are the fields of a struct, into which another one is flattened. */
const inRust: Source["labelsOf"] = (files, name) => {
  const seconds = name.endsWith("_seconds");
  // A counter gets its ending, and a unit stands apart from the name.
  const base = name.replace(/_(total|seconds)$/, "");
  const declared = seconds
    ? new RegExp(`Family::<HTTPLabels[\\s\\S]{0,200}?"${base}",[^;]*?Unit::Seconds`)
    : new RegExp(`\\b${base}: build\\(\\s*&mut registry,\\s*"${base}",`);
  if (!declared.test(files) || !/type Counter = Family<HTTPLabels, counter::Counter>/.test(files)) return undefined;
  const fields = (struct: string): string[] => {
    const body = new RegExp(`pub struct ${struct} \\{([\\s\\S]*?)\\n\\}`).exec(files)?.[1] ?? "";
    return [...body.replaceAll(/#\[prometheus\(flatten\)\]\s*pub \w+: \w+,/g, "").matchAll(/pub (\w+):/g)].map(
      ([, it = ""]) => it,
    );
  };
  return [...fields("HTTPLabels"), ...fields("RouteIdentifier")];
};

/**
 * Null: no machine of ours can have the source as tests get theirs, from the module proxy of Go. What their rows say was read by people, at
 * the place that each names.
 */
const sources: Readonly<Record<Name, Source | null>> = {
  // Tags of its repository are no versions of a Go module.
  dcgm: null,
  // Neither are those of AMD's.
  amd: null,
  infiniband: {
    module: "github.com/prometheus/node_exporter",
    version: "v1.9.1",
    files: ["collector/collector.go", "collector/infiniband_linux.go"],
    prefix: { text: "node_infiniband", said: /const namespace = "node"[\s\S]*i\.subsystem = "infiniband"/ },
    labelsOf: inMap,
  },
  // A module that the proxy has for everybody but for the machines that this was written on.
  kubeState: null,
  kubelet: {
    module: "k8s.io/kubernetes",
    version: "v1.36.3",
    files: ["pkg/kubelet/metrics/metrics.go", "pkg/kubelet/metrics/collectors/volume_stats.go"],
    prefix: { text: "kubelet", said: /KubeletSubsystem\s+= "kubelet"/ },
    labelsOf: inGo,
  },
  kueue: {
    module: versions.kueue.crds.module,
    version: versions.kueue.version,
    files: ["pkg/constants/constants.go", "pkg/metrics/metrics.go"],
    prefix: { text: "kueue", said: /KueueName\s+= "kueue"/ },
    labelsOf: inGo,
  },
  // Our own: its metrics are asked of it, in tests/components/platform/node-health/metrics.test.ts.
  nodeHealth: null,
  jobSet: {
    module: versions.jobSet.crds.module,
    version: versions.jobSet.version,
    files: ["pkg/constants/constants.go", "pkg/metrics/metrics.go"],
    prefix: { text: "jobset", said: /JobSetSubsystemName = "jobset"/ },
    labelsOf: inGo,
  },
  certManager: {
    module: versions.certManager.crds.module,
    version: versions.certManager.version,
    files: ["internal/collectors/certificate_collector.go"],
    prefix: null,
    labelsOf: inGo,
  },
  gateway: {
    module: versions.agentgatewayKinds.crds.module,
    version: versions.agentgateway.version,
    files: ["crates/core/src/metrics.rs", "crates/agentgateway/src/telemetry/metrics.rs"],
    prefix: { text: "agentgateway", said: /PREFIX: &str = "agentgateway"/ },
    labelsOf: inRust,
  },
};

const compared = (Object.entries(sources) as [Name, Source | null][]).flatMap(([name, it]) =>
  it === null ? [] : [[name, it] as const],
);
const rows: Readonly<Record<Name, Exporter>> = exporters;
const tag = (version: string) => (version.startsWith("v") ? version : `v${version}`);

describe.each(compared)("metrics of %s", (name, source) => {
  const { metrics, labels, source: said } = rows[name];

  it("were read at the version that is installed", () => {
    expect(said).toContain(`(${tag(source.version)})`);
  });

  it("are those of its own source, with its labels", { timeout: 120_000 }, async ({ skip }) => {
    const module = `${source.module}@${tag(source.version)}`;
    const folder = await moduleFolder(module, `metrics of ${name} against ${module}`);
    if (folder === undefined) return skip(`${module} is not here`);
    const files = source.files.map((it) => readFileSync(join(folder, it), "utf8")).join("\n");
    if (source.prefix !== null) expect(files).toMatch(source.prefix.said);
    const start = source.prefix === null ? "" : `${source.prefix.text}_`;
    // A histogram is declared by its name; its buckets have an ending and a label more.
    const declared = (metric: string) => metric.slice(start.length).replace(/_bucket$/, "");
    const found = Object.keys(metrics).map((metric) => [
      metric,
      metric.startsWith(start) ? source.labelsOf(files, declared(metric))?.toSorted() : undefined,
    ]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(metrics).map(([metric, own]) => [
          metric,
          [...labels, ...own].filter((it) => it !== "le" || !metric.endsWith("_bucket")).toSorted(),
        ]),
      ),
    );
    expect(source.labelsOf(files, "no_such_metric")).toBeUndefined();
    expect(source.labelsOf(files, "no_such_metric_seconds")).toBeUndefined();
  });
});
