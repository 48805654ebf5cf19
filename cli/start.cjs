"use strict";

// Loaded before the commands that plan, so that they start in little more than half the time: docs/decisions/0007.

const Module = require("node:module");
const path = require("node:path");

// Compiled code is kept for the next run, from Node 22.1 on. It lies with the packages that it was made from: whoever can
// write there owns this process anyway, which is not so for Node's own choice, the temporary folder of all users.
Module.enableCompileCache?.(path.join(__dirname, "../node_modules/.cache/node"));

require("./lazy-sdk.cjs");

// Before tsx, which reads through every file loaded after it and has nothing to do in these.
require("@pulumi/pulumi");
require("yaml");
require("zod");

require("tsx/cjs");
