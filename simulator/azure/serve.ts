import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { wipeCluster } from "../kubernetes/wipe";
import { Azure } from "./azure";
import { providerService } from "./provider-service";
import type { Settings } from "./settings";
import { Store } from "./store";
import { realTicker, Timeline } from "./timeline";

/** A provider that answers. */
export interface Serving {
  readonly port: number;
  readonly stop: () => void;
}

/**
 * Serves one simulated Azure to an engine.
 * @param crash What a provider does that dies in the middle of a call
 */
export function serve({ folder, speed, settleMilliseconds }: Settings, crash: () => never): Promise<Serving> {
  const store = new Store(folder);
  const { seconds } = store.read();
  const timeline = new Timeline({ seconds, speed, settleMilliseconds, ticker: realTicker });
  const azure = new Azure(store, timeline, crash);

  // Bodies of large clusters exceed the library's 4 MiB.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(
    ResourceProviderService,
    providerService(azure, () => wipeCluster(folder)),
  );
  return new Promise((done, failed) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) failed(error);
      else done({ port, stop: () => server.forceShutdown() });
    });
  });
}
