#!/usr/bin/env node
// What the package of the rules starts, in one file with all that it needs.
import { name } from "../policies/package.json";
import { policiesCommand } from "./policies-command";
import { runCommand } from "./run-command";

runCommand((args) => policiesCommand(args, `npx ${name}`));
