"use strict";

// The only file with an effect: making a PolicyPack starts a server. Everything else can be imported by tests.

// The SDK reads the version from the package.json of the working directory, which differs between engine versions.
process.chdir(__dirname);

require("./share-properties.js");

const { PolicyPack } = require("@pulumi/policy");
const { packName, policyPackArgs } = require("./engine/pack.ts");

new PolicyPack(packName, policyPackArgs());
