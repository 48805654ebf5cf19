import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { runPlugin } from "../plugin/run-plugin";
import { servePlugin } from "../plugin/serve-plugin";
import { nodeHost } from "./node-host";

// The executable `pulumi-language-nodejs`. The engine's own address comes last, after options.
runPlugin(() => servePlugin(nodeHost(process.argv.at(-1) ?? ""), LanguageRuntimeService));
