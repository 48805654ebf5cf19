import { expectAt, matches } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineProfile, machineTypes } from "./machine-profile";

const publicKey = /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{60,}={0,3}( [^\r\n]*)?\s*$/;

export const vmssSshKeyShape: ResourceRule = {
  id: 18,
  name: "vmss-ssh-key-shape",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A scale set or a VM has SSH public keys, and nothing in their place.",
  why: "Without a key nobody gets in, and a private key pasted here is readable on Azure and in the state.",
  remedy: "Put the line of a .pub file into ssh.publicKeys (ssh-ed25519 or ssh-rsa), and replace a leaked pair.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_178",
  check: (resource) => {
    const { inputs } = resource;
    const osProfile = `${machineProfile(resource)}osProfile`;
    if (read(inputs, osProfile) === undefined) return [];
    const keys = `${osProfile}.linuxConfiguration.ssh.publicKeys`;
    const filled = expectAt(inputs, keys, (it) => isList(it) && it.length > 0, "hold a key", "sensitive");
    // One note is enough while the list itself is unknown.
    if (filled.length > 0) return filled;
    return expectAt(inputs, `${keys}[].keyData`, matches(publicKey), "be one line of a public key file", "sensitive");
  },
};
