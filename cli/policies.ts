import { policiesCommand } from "./policies-command";
import { runCommand } from "./run-command";

runCommand((args) => policiesCommand(args, "npm run policies --"));
