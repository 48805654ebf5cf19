import * as settings from "@pulumi/pulumi/runtime/settings";

/**
 * Gives every operation connections of its own. The engine of each is another process with other ports, but their programs run in
 * this one, and gRPC shares what it knows of an address in a process: an engine that happens to get the port of one before,
 * which is gone, would count as out of reach without being asked.
 */
export function useOwnConnections(): void {
  const { grpcClientOptions } = settings as unknown as { readonly grpcClientOptions: Record<string, unknown> };
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
