import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "../../../simulator/kubernetes/free-port";

it("a free port is none that the system gives to a connection, since one could take it before its program starts", async () => {
  const file = "/proc/sys/net/ipv4/ip_local_port_range";
  const [first = 32_768] = process.platform === "linux" ? readFileSync(file, "utf8").split(/\s+/).map(Number) : [];
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(ports.filter((it) => it >= first || it < 1024)).toEqual([]);
  // Programs that start at once look in different places.
  expect(new Set(ports).size).toBeGreaterThan(40);
});

it("a free port is one that can be listened on", async () => {
  const server = createServer().listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  server.close();
});
