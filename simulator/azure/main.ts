import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { wipeCluster } from "../kubernetes/wipe";
import { Azure } from "./azure";
import { providerService } from "./provider-service";
import { readSettings } from "./settings";
import { Store } from "./store";
import { realTicker, Timeline } from "./timeline";

/** Starts the provider and prints its port, as the engine expects of a plugin. */
function main(): void {
  const { folder, speed, settleMilliseconds } = readSettings(process.env);
  const store = new Store(folder);
  const { seconds } = store.read();
  const timeline = new Timeline({ seconds, speed, settleMilliseconds, ticker: realTicker });
  const azure = new Azure(store, timeline, () => process.exit(1));

  // Bodies of large clusters exceed the library's 4 MiB.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(
    ResourceProviderService,
    providerService(azure, () => wipeCluster(folder)),
  );
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });

  // How the engine ends its plugins, each in a process group of its own that no Ctrl-C reaches. It waits for 5 s, then kills.
  process.on("SIGINT", () => process.exit(0));
  // An engine that was killed cannot stop its plugins: nothing may stay behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
