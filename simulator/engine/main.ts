import { parseArgs } from "node:util";
import { ensureActionlint, findActionlint } from "./actionlint";
import { ensureEngine, findEngine } from "./engine";
import { EngineError } from "./errors";
import { duration, type Progress } from "./go-build";
import { ensureHelm, findHelm } from "./helm";
import { ensurePackageSdks, findPackageSdks } from "./package-sdks";
import { ensurePolicyVerdicts, findPolicyVerdicts } from "./policy-verdicts";
import { ensurePromqlResults, findPromqlResults } from "./promql-results";
import { ensureSchedulers, findSchedulers } from "./schedulers";
import { ensureYamlHost, findYamlHost } from "./yaml-host";

const help = `Usage: npm run engine [-- --json | --check | --help]

Finds or builds what runs our stacks on this machine without a cloud: the Pulumi engine (one of the SDK's version on
PATH will do), kube-apiserver and etcd; Helm; and what queues and places pods: scheduler, controller manager, kwok, Kueue, and
the managers of JobSets, TrainJobs and LeaderWorkerSets; Cilium's own judge of network policies; Prometheus' own engine of
queries; the linter of GitHub's workflows; the host of programs in YAML; and Pulumi's generators of SDKs. The first build needs Go and
takes about twenty minutes on two cores; then nothing is done.

  --json   prints an object with the path of each program, progress goes to stderr
  --check  builds nothing; exit code 1 when something is missing

Exit codes: 0 ready, 1 failed, 2 bad input, or something must be installed first, 130 interrupted.
`;

async function main(): Promise<number> {
  const values = readArguments();
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const started = Date.now();
  const progress = printer();
  // One after the other: each build takes all cores. First what most of what runs here needs.
  const check = values.check === true;
  const engine = check ? findEngine() : await ensureEngine(progress);
  const helm = check ? findHelm() : await ensureHelm(progress);
  const schedulers = check ? findSchedulers() : await ensureSchedulers(progress);
  const policyVerdicts = check ? findPolicyVerdicts() : await ensurePolicyVerdicts(progress);
  const promqlResults = check ? findPromqlResults() : await ensurePromqlResults(progress);
  const actionlint = check ? findActionlint() : await ensureActionlint(progress);
  const yamlHost = check ? findYamlHost() : await ensureYamlHost(progress);
  const packageSdks = check ? findPackageSdks() : await ensurePackageSdks(progress);
  const missing = [
    ...(engine === undefined ? ["The engine has"] : []),
    ...(helm === undefined ? ["Helm has"] : []),
    ...(schedulers === undefined ? ["Scheduler and Kueue have"] : []),
    ...(policyVerdicts === undefined ? ["Cilium's judge of policies has"] : []),
    ...(promqlResults === undefined ? ["Prometheus' engine of queries has"] : []),
    ...(actionlint === undefined ? ["The linter of workflows has"] : []),
    ...(yamlHost === undefined ? ["The host of programs in YAML has"] : []),
    ...(packageSdks === undefined ? ["The generator of SDKs has"] : []),
  ];
  for (const it of missing) process.stderr.write(`${it} not been built: npm run engine\n`);
  if (missing.length > 0) return 1;
  const beside = { policyVerdicts, promqlResults, actionlint, yamlHost, packageSdks };
  const programs = { ...engine, helm, ...schedulers, ...beside };
  if (values.json === true) process.stdout.write(`${JSON.stringify(programs)}\n`);
  else {
    const lines = Object.entries(programs).map(([name, path]) => `  ${name.padEnd(23)} ${path}`);
    process.stdout.write([`Engine ready (${duration(Date.now() - started)}):`, ...lines, ""].join("\n"));
  }
  return 0;
}

/** @throws EngineError for arguments that the command cannot use */
function readArguments(): { readonly json?: boolean; readonly check?: boolean; readonly help?: boolean } {
  const options = {
    json: { type: "boolean" },
    check: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new EngineError(`${error instanceof Error ? error.message : String(error)}. npm run engine -- --help`, 2);
  }
}

/** On a terminal a live line is rewritten in place; in a log one appears every 20 seconds. */
function printer(): Progress {
  const { isTTY } = process.stderr;
  let lastLive = 0;
  return (line, live = false) => {
    if (isTTY) process.stderr.write(`\r\u001b[K${line}${live ? "" : "\n"}`);
    else if (!live || Date.now() - lastLive > 20_000) {
      if (live) lastLive = Date.now();
      process.stderr.write(`${line}\n`);
    }
  };
}

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interrupted = true;
    // A build that runs ends by itself now, and then removes what it made; a wait for a lock would not.
    setTimeout(() => process.exit(130), 2000).unref();
  });
}

main().then(
  (code) => (process.exitCode = interrupted ? 130 : code),
  (error: unknown) => {
    const message = error instanceof EngineError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${message ?? ""}\n`);
    process.exitCode = interrupted ? 130 : error instanceof EngineError ? error.exitCode : 1;
  },
);
