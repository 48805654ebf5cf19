"use strict";

// The host has registered a compiler that checks types before it lets a file run, a minute for all components. `npm run check` has done so
// for what was released; tsx takes the types away.
require("tsx/cjs");
require("./main.ts");
