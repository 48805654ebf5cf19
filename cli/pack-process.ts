import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerResource,
  AnalyzerResourceOptions,
  type AnalyzeResponse,
  AnalyzeRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { isList, isRecord } from "../core/property-value";
import type { Level, Subject } from "../policies/engine/rule";

const root = path.join(__dirname, "..");

/** The pack in a process of its own, started as the engine starts it. */
export class Pack {
  private constructor(
    private readonly process: ChildProcess,
    public readonly client: AnalyzerClient,
  ) {}

  /** @param workingDirectory Where it starts, as the engine would choose it: absolute, or from the root of the repository. */
  public static async start(workingDirectory: string, program: string): Promise<Pack> {
    const runner = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", program], {
      cwd: path.resolve(root, workingDirectory),
    });
    const port = await new Promise<string>((resolve, reject) => {
      let [out, err] = ["", ""];
      child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes("\n")) resolve(out);
      });
      child.on("exit", (code) => reject(new Error(`the pack ended with ${code ?? "a signal"}: ${err}`)));
    });
    // The engine takes the first line for the port: anything else there would break the handshake.
    if (!/^\d+\n$/.test(port)) throw new Error(`the pack wrote something else than its port: ${port}`);
    return new Pack(child, new AnalyzerClient(`127.0.0.1:${port.trim()}`, credentials.createInsecure()));
  }

  public analyze(it: Subject): Promise<readonly Diagnostic[]> {
    return this.ask(requestOf(it));
  }

  public analyzeStack(plan: readonly Subject[]): Promise<readonly Diagnostic[]> {
    return this.ask(stackRequestOf(plan));
  }

  /** Sends what was made before: what it takes is the time of the pack and the way to it. */
  public ask(request: AnalyzeRequest | AnalyzeStackRequest): Promise<readonly Diagnostic[]> {
    return answer<AnalyzeResponse>((done) =>
      request instanceof AnalyzeRequest ? this.client.analyze(request, done) : this.client.analyzeStack(request, done),
    ).then(diagnostics);
  }

  public configure(
    config: Readonly<Record<string, { level: EnforcementLevel; options?: Record<string, JavaScriptValue> }>>,
  ): Promise<unknown> {
    const request = new ConfigureAnalyzerRequest();
    for (const [rule, { level, options }] of Object.entries(config)) {
      const one = new PolicyConfig();
      one.setEnforcementlevel(level);
      one.setProperties(Struct.fromJavaScript(options ?? {}));
      request.getPolicyconfigMap().set(rule, one);
    }
    return answer<Empty>((done) => this.client.configure(request, done));
  }

  /** How the process ends when the engine lets go of it. */
  public stop(): Promise<NodeJS.Signals | number | null> {
    this.client.close();
    return new Promise((resolve) => {
      this.process.on("exit", (code, signal) => resolve(signal ?? code));
      this.process.kill();
    });
  }
}

/** What the pack says about a resource, as the engine hears it. */
export interface Diagnostic {
  readonly rule: string;
  readonly level: EnforcementLevel;
  readonly message: string;
  readonly urn: string;
}

/** The question about a resource alone. */
export function requestOf(it: Subject): AnalyzeRequest {
  return filled(new AnalyzeRequest(), it);
}

/** The question about resources together. */
export function stackRequestOf(plan: readonly Subject[]): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  request.setResourcesList(plan.map((it) => filled(new AnalyzerResource(), it)));
  return request;
}

function filled<T extends AnalyzeRequest | AnalyzerResource>(request: T, it: Subject): T {
  const options = new AnalyzerResourceOptions();
  options.setProtect(it.options.protect === true);
  request.setType(it.type);
  request.setUrn(it.urn);
  request.setName(it.name);
  request.setOptions(options);
  request.setProperties(Struct.fromJavaScript(structOf(it.inputs)));
  return request;
}

function structOf(inputs: Readonly<Record<string, unknown>>): Record<string, JavaScriptValue> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, value]) => (value === undefined ? [] : [[key, valueOf(value)]])),
  );
}

function valueOf(value: unknown): JavaScriptValue {
  if (isList(value)) return value.map(valueOf);
  if (isRecord(value)) return structOf(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** A level as the engine counts it. */
export function levelOf(level: Level): EnforcementLevel {
  return {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    disabled: EnforcementLevel.DISABLED,
  }[level];
}

/** Turns a gRPC call into a promise. */
export function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

function diagnostics(response: AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((it) => ({
    rule: it.getPolicyname(),
    level: it.getEnforcementlevel(),
    message: it.getMessage(),
    urn: it.getUrn(),
  }));
}
