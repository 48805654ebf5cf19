import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** All processes whose command line contains a text. */
export function processesWith(text: string): string[] {
  return processes()
    .filter(({ command }) => command.includes(text))
    .map(({ command }) => command);
}

/** TCP ports on which processes whose command line matches listen. Reads what Linux says in /proc. */
export function listeningPorts(command: RegExp): number[] {
  const listening = "0A";
  const rows = ["tcp", "tcp6"].flatMap((it) => readFileSync(`/proc/net/${it}`, "utf8").trim().split("\n").slice(1));
  const ports = new Map<string, number>(
    rows.flatMap((row) => {
      // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
      const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
      return state === listening ? [[`socket:[${inode}]`, parseInt(local.split(":")[1] ?? "", 16)]] : [];
    }),
  );
  return processes()
    .filter((it) => command.test(it.command))
    .flatMap(({ pid }) => readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)))
    .flatMap((file) => ports.get(file) ?? []);
}

function processes(): { pid: number; command: string }[] {
  // One that has ended and waits to be collected does nothing.
  const lines = execFileSync("ps", ["-eo", "pid=,stat=,args="], { encoding: "utf8" }).trimEnd().split("\n");
  return lines.flatMap((line) => {
    const [, pid = "", stat = "", command = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return stat.startsWith("Z") ? [] : [{ pid: Number(pid), command }];
  });
}
