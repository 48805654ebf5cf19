"use strict";

// Loaded before a command: what is meant for Azure goes to the recorded one on this machine, and no other connection is opened.

const http = require("node:http");
const https = require("node:https");
const net = require("node:net");

const port = Number(process.env.RECORDED_AZURE_PORT);

https.request = ({ hostname, agent: _, ...options }, onResponse) => {
  if (hostname !== "management.azure.com") throw new Error(`${hostname} is asked, which is not Azure Resource Manager`);
  return http.request({ ...options, protocol: "http:", hostname: "127.0.0.1", port }, onResponse);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (first?.host !== "127.0.0.1" || first.port !== port) throw new Error(`a connection to ${JSON.stringify(first)}`);
  return connect.apply(this, args);
};
