"use strict";

// What Pulumi's Node host loads when this repository is a plugin: it looks for the main file of the folder with PulumiPlugin.yaml. `main` in
// package.json would name it too, and npm would put that file into the library's package.
require("./provider/start.cjs");
