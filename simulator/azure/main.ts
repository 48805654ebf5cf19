import { runPlugin } from "../plugin/run-plugin";
import { serve } from "./serve";
import { readSettings } from "./settings";

// The executable `pulumi-resource-azure-native`.
runPlugin(() => serve(readSettings(process.env), () => process.exit(1)));
