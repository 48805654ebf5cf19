"use strict";

// tsx before any TypeScript: the pack then needs no build, and starts in half the time of the engine's own compiler.
require("tsx/cjs");
require("./start.js");
