import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  type DiffResponse,
  ErrorResourceInitFailed,
  InvokeRequest,
  type InvokeResponse,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterAll } from "vitest";
import type { Props } from "../../../core/property-value";
import { serve } from "../../../simulator/azure/serve";
import { buildProviders } from "../../../simulator/engine/providers";
import { fromStruct, toStruct } from "../../../simulator/plugin/wire";

const folders: string[] = [];
afterAll(() => {
  for (const it of folders.splice(0)) rmSync(it, { recursive: true, force: true });
  // One process runs many files: the next one builds its own.
  built = undefined;
});

let built: string | undefined;
/** The executable that the engine starts. */
export function executable(): string {
  built ??= buildProviders(newFolder());
  return join(built, "pulumi-resource-azure-native");
}

/** A folder of its own for one test; gone when the file's tests are done. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "azure-simulator-"));
  folders.push(folder);
  return folder;
}

/** A provider, spoken to over gRPC as the engine does. */
export class Provider {
  /** Exit code of its process, once that is gone. */
  public readonly exited: Promise<number | null>;
  readonly #stop: () => void;
  readonly #client: ResourceProviderClient;

  private constructor(client: ResourceProviderClient, exited: Promise<number | null>, stop: () => void) {
    this.#client = client;
    this.exited = exited;
    this.#stop = stop;
  }

  /** Serves in the process of the test: for what does not depend on how a process starts and ends. */
  public static async here(folder: string): Promise<Provider> {
    const crash = (): never => {
      throw new Error("A test of a crash needs a process.");
    };
    const { port, stop } = await serve({ folder, speed: 100_000, settleMilliseconds: 1 }, crash);
    return Provider.#speakingTo(String(port), Promise.resolve(0), stop);
  }

  /** Starts the executable, as the engine does, from a folder that has nothing to do with the project. */
  public static async start(folder: string, speed = 100_000, settleMilliseconds = 1): Promise<Provider> {
    const env = {
      ...process.env,
      GPU_SIMULATOR_FOLDER: folder,
      GPU_SIMULATOR_SPEED: String(speed),
      GPU_SIMULATOR_SETTLE_MS: String(settleMilliseconds),
    };
    const child = spawn(executable(), [], { cwd: tmpdir(), env, stdio: ["ignore", "pipe", "inherit"] });
    const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
    const port = await new Promise<string>((found, failed) => {
      child.once("error", failed);
      child.stdout.once("data", (data: Buffer) => found(data.toString().trim()));
      void exited.then((code) => failed(new Error(`the provider ended with ${code ?? "a signal"}`)));
    });
    return Provider.#speakingTo(port, exited, () => child.kill("SIGKILL"));
  }

  static async #speakingTo(port: string, exited: Promise<number | null>, stop: () => void): Promise<Provider> {
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    await call((answer) => client.configure(new ConfigureRequest(), answer));
    return new Provider(client, exited, stop);
  }

  public async stop(): Promise<void> {
    this.#client.close();
    this.#stop();
    await this.exited;
  }

  public check(type: string, news: Props): Promise<CheckResponse> {
    const request = new CheckRequest();
    request.setUrn(urn(type));
    request.setNews(toStruct(news));
    return call((answer) => this.#client.check(request, answer));
  }

  public diff(type: string, olds: Props, news: Props): Promise<DiffResponse> {
    const request = new DiffRequest();
    request.setUrn(urn(type));
    request.setOldInputs(toStruct(olds));
    request.setNews(toStruct(news));
    return call((answer) => this.#client.diff(request, answer));
  }

  public create(type: string, inputs: Props, options: CreateOptions = {}): Promise<CreateResponse> {
    const request = new CreateRequest();
    request.setUrn(urn(type));
    request.setProperties(toStruct(inputs));
    request.setPreview(options.preview ?? false);
    request.setTimeout(options.timeout ?? 0);
    return call((answer) => this.#client.create(request, answer));
  }

  public update(type: string, id: string, olds: Props, news: Props): Promise<UpdateResponse> {
    const request = new UpdateRequest();
    request.setUrn(urn(type));
    request.setId(id);
    request.setOldInputs(toStruct(olds));
    request.setNews(toStruct(news));
    return call((answer) => this.#client.update(request, answer));
  }

  public read(type: string, id: string, inputs: Props = {}): Promise<ReadResponse> {
    const request = new ReadRequest();
    request.setUrn(urn(type));
    request.setId(id);
    request.setInputs(toStruct(inputs));
    return call((answer) => this.#client.read(request, answer));
  }

  public delete(type: string, id: string): Promise<Empty> {
    const request = new DeleteRequest();
    request.setUrn(urn(type));
    request.setId(id);
    return call((answer) => this.#client.delete(request, answer));
  }

  public invoke(token: string, args: Props): Promise<InvokeResponse> {
    const request = new InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    return call((answer) => this.#client.invoke(request, answer));
  }

  public cancel(): Promise<Empty> {
    return call((answer) => this.#client.cancel(new Empty(), answer));
  }
}

export interface CreateOptions {
  readonly preview?: boolean;
  /** Simulated seconds. */
  readonly timeout?: number;
}

/** A call that the provider answered with an error. */
export class CallError extends Error {
  /** What the engine would keep of the resource, `undefined` when it does not exist for the engine. */
  public readonly partial: { readonly id: string; readonly outputs: Props } | undefined;

  public constructor(error: ServiceError) {
    super(error.details);
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    if (bytes === undefined || typeof bytes === "string") return;
    const [any] = Status.deserializeBinary(bytes).getDetailsList();
    if (any === undefined) return;
    const detail = ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    this.partial = { id: detail.getId(), outputs: fromStruct(detail.getProperties()) };
  }
}

function call<T>(send: (answer: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((done, failed) =>
    send((error, response) => (error === null ? done(response) : failed(new CallError(error)))),
  );
}

function urn(type: string): string {
  return `urn:pulumi:dev::test::${type}::it`;
}
