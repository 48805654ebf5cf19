import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

/** A provider that answers. */
export interface Serving {
  readonly port: number;
  readonly stop: () => void;
}

/** Lets a provider answer on a free port of this machine. */
export function servePlugin(provider: UntypedServiceImplementation): Promise<Serving> {
  // Bodies of large clusters exceed the library's 4 MiB.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, provider);
  return new Promise((done, failed) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) failed(error);
      else done({ port, stop: () => server.forceShutdown() });
    });
  });
}
