import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

/** A plugin that answers. */
export interface Serving {
  readonly port: number;
  readonly stop: () => void;
}

/** Lets a plugin, a provider unless it says otherwise, answer on a free port of this machine. */
export function servePlugin(
  plugin: UntypedServiceImplementation,
  service: ServiceDefinition = ResourceProviderService,
): Promise<Serving> {
  // Bodies of large clusters exceed the library's 4 MiB.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(service, plugin);
  return new Promise((done, failed) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) failed(error);
      else done({ port, stop: () => server.forceShutdown() });
    });
  });
}
