"use strict";

// Loaded before a command: writes at its end what it took of the processors, in microseconds, into the file that USAGE_FILE names.

const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));
