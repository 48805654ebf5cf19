import { runPlugin } from "../plugin/run-plugin";
import { servePlugin } from "../plugin/serve-plugin";
import { KubernetesProvider } from "./provider";
import { providerServer } from "./provider-server";

// The executable `pulumi-resource-kubernetes`.
runPlugin(() => servePlugin(providerServer(new KubernetesProvider())));
