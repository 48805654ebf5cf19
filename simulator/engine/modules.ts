import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache";

/** One executable that a Go module of ours builds. */
export interface GoProgram {
  readonly executable: string;
  readonly package: string;
  /** Variables that the linker sets, by full name. Clients refuse a server or CLI that does not know its version. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A folder under `go/` with go.mod and go.sum, and what is built from it. */
export interface GoModule {
  readonly name: string;
  /** Folder with go.mod, go.sum and a Go file, which imports what is built or is it. */
  readonly source: string;
  /** Version of what is built, without the `v`. */
  readonly version: string;
  /** Where the executables lie once they are built: another version, go.sum or Go file is another folder. */
  readonly folder: string;
  readonly programs: readonly GoProgram[];
}

/** Version that a go.mod requires of a module, without the `v`. */
export function requiredVersion(goMod: string, module: string): string {
  const escaped = module.replaceAll(".", String.raw`\.`);
  const version = new RegExp(String.raw`^(?:require)?\s*${escaped} v(\S+)`, "m").exec(goMod)?.[1];
  if (version === undefined) throw new Error(`The go.mod requires no version of ${module}.`);
  return version;
}

/** The Pulumi CLI, at the version of the SDK that package.json pins. */
export function pulumiModule(): GoModule {
  return goModule("pulumi", "github.com/pulumi/pulumi/pkg/v3", (version) => [
    {
      executable: "pulumi",
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      // Without it the Automation API answers "Failed to parse Pulumi CLI version".
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${version}` },
    },
  ]);
}

/** The Kubernetes API server and its store. */
export function kubernetesModule(): GoModule {
  return goModule("kubernetes", "k8s.io/kubernetes", (version) => [
    kubernetesProgram("kube-apiserver", version),
    { executable: "etcd", package: "go.etcd.io/etcd/server/v3", variables: {} },
  ]);
}

/**
 * What else of Kubernetes makes a pod run somewhere. From the go.mod of the API server, so that all are of one version, and in a
 * folder of their own: what needs the API server alone must not wait for their build.
 */
export function schedulersModule(): GoModule {
  const programs = ["kube-scheduler", "kube-controller-manager"];
  const build = (version: string): GoProgram[] => programs.map((it) => kubernetesProgram(it, version));
  return goModule("schedulers", "k8s.io/kubernetes", build, "kubernetes");
}

/** Kueue, the managers of the jobs that it queues, and nodes that only pretend to run pods. */
export function kueueModule(): GoModule {
  return goModule("kueue", "sigs.k8s.io/kueue", () => [
    { executable: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok", variables: {} },
    { executable: "kueue", package: "sigs.k8s.io/kueue/cmd/kueue", variables: {} },
    { executable: "jobset-manager", package: "sigs.k8s.io/jobset", variables: {} },
    { executable: "lws-manager", package: "sigs.k8s.io/lws/cmd", variables: {} },
  ]);
}

/**
 * The manager of TrainJobs, in a module of its own: Kueue is compiled with an older Trainer, and here, as in a cluster, the two have
 * to get along as they were released.
 */
export function trainerModule(): GoModule {
  const executable = "trainer-controller-manager";
  return goModule("trainer", "github.com/kubeflow/trainer/v2", () => [
    { executable, package: `github.com/kubeflow/trainer/v2/cmd/${executable}`, variables: {} },
  ]);
}

function kubernetesProgram(executable: string, version: string): GoProgram {
  const [major = "", minor = ""] = version.split(".");
  return {
    executable,
    package: `k8s.io/kubernetes/cmd/${executable}`,
    variables: {
      "k8s.io/component-base/version.gitVersion": `v${version}`,
      "k8s.io/component-base/version.gitMajor": major,
      "k8s.io/component-base/version.gitMinor": minor,
    },
  };
}

/** Helm, which renders the charts that a program installs. */
export function helmModule(): GoModule {
  return goModule("helm", "helm.sh/helm/v4", (version) => [
    {
      executable: "helm",
      package: "helm.sh/helm/v4/cmd/helm",
      // Without it Helm calls itself v4.2, and a chart that asks for `.Capabilities.HelmVersion` is told so.
      variables: { "helm.sh/helm/v4/internal/version.version": `v${version}` },
    },
  ]);
}

/** What says which connections network policies let through, by Cilium's own library: a program of ours around it. */
export function ciliumModule(): GoModule {
  return goModule("cilium", "github.com/cilium/cilium", () => [
    { executable: "policy-verdicts", package: ".", variables: {} },
  ]);
}

/** What says when alerts fire and what queries find in series, by Prometheus' own engine: a program of ours around it. */
export function prometheusModule(): GoModule {
  return goModule("prometheus", "github.com/prometheus/prometheus", () => [
    { executable: "promql-results", package: ".", variables: {} },
  ]);
}

/** What judges workflows of GitHub: syntax, expressions, inputs of actions, cron lines. */
export function actionlintModule(): GoModule {
  return goModule("actionlint", "github.com/rhysd/actionlint", (version) => [
    {
      executable: "actionlint",
      package: "github.com/rhysd/actionlint/cmd/actionlint",
      variables: { "github.com/rhysd/actionlint.version": version },
    },
  ]);
}

/**
 * Pulumi's host of programs in YAML, of a version of its own: the newest does not compile with the Pulumi of the CLI, and host
 * and CLI speak a protocol that does not ask for one version.
 */
export function yamlModule(): GoModule {
  return goModule("yaml", "github.com/pulumi/pulumi-yaml", (version) => [
    {
      executable: "pulumi-language-yaml",
      package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      variables: { "github.com/pulumi/pulumi-yaml/pkg/version.Version": `v${version}` },
    },
  ]);
}

/** What makes SDKs of our package's schema, by Pulumi's own binder and generators: a program of ours around them. */
export function sdksModule(): GoModule {
  return goModule("sdks", "github.com/pulumi/pulumi/pkg/v3", () => [
    { executable: "package-sdks", package: ".", variables: {} },
  ]);
}

function goModule(
  name: string,
  main: string,
  programs: (version: string) => readonly GoProgram[],
  folder = name,
): GoModule {
  const source = join(__dirname, "go", folder);
  const goMod = readFileSync(join(source, "go.mod"), "utf8");
  const version = requiredVersion(goMod, main);
  const key = createHash("sha256").update(goMod);
  const files = readdirSync(source).filter((it) => it.endsWith(".go"));
  for (const it of ["go.sum", ...files.sort()]) key.update(readFileSync(join(source, it)));
  return {
    name,
    source,
    version,
    folder: join(cacheFolder("engine"), `${name}-${version}-${key.digest("hex").slice(0, 8)}`),
    programs: programs(version),
  };
}
