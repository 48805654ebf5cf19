import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineClient, EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceRequest, GetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { afterEach, expect, it } from "vitest";
import { useOwnConnections } from "../../../simulator/rehearsal/own-connections";

const servers: Server[] = [];
afterEach(() => {
  for (const it of servers.splice(0)) it.forceShutdown();
});

/** What an engine offers a program, as far as it is asked here. */
function engine(port: number): Promise<number> {
  const server = new Server();
  servers.push(server);
  const refused = (_: unknown, answer: (error: Error) => void): void => answer(new Error("not asked here"));
  server.addService(EngineService, {
    ...Object.fromEntries(Object.keys(EngineService).map((method) => [method, refused])),
    getRootResource: (_: unknown, answer: (error: null, response: GetRootResourceResponse) => void) =>
      answer(null, new GetRootResourceResponse()),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
}

/** A program's connection to an engine, made as the SDK makes it. */
function connect(port: number): EngineClient {
  const { grpcClientOptions } = settings as unknown as { grpcClientOptions: object };
  return new EngineClient(`127.0.0.1:${port}`, credentials.createInsecure(), grpcClientOptions);
}

const ask = (client: EngineClient): Promise<string> =>
  new Promise((resolve) => {
    client.getRootResource(new GetRootResourceRequest(), (error) => resolve(error?.message ?? "answered"));
  });

it("asks an engine that got the port of one that is gone", async () => {
  useOwnConnections();
  const port = await engine(0);
  const program = connect(port);
  expect(await ask(program)).toBe("answered");
  servers.pop()?.forceShutdown();
  // Until the end of the engine has been noticed: then the address counts as out of reach for a while.
  while ((await ask(program)) === "answered") continue;
  expect(await ask(program)).toContain("UNAVAILABLE");

  await engine(port);
  expect(await ask(connect(port))).toBe("answered");
});
