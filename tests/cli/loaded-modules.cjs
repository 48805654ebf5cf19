"use strict";

// Loaded before a command: tells at its end, on file descriptor 3, which files it loaded.
process.on("exit", () => require("node:fs").writeSync(3, JSON.stringify(Object.keys(require.cache))));
