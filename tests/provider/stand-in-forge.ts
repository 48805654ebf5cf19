import { createServer as createProxy } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { answerAsGit } from "./git-answers";

/** A forge that is `github.com` to whom its settings reach. */
export interface StandInForge {
  /** Its certificate, in PEM. */
  readonly certificate: string;
  /** The proxy that leads to it, and nowhere else. */
  readonly proxy: string;
  readonly stop: () => void;
}

/**
 * Serves repositories as a forge does, by Git itself.
 * @param repositories Folder of bare repositories, as `OWNER/NAME.git`.
 */
export async function startForge(repositories: string): Promise<StandInForge> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "github.com" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "github.com" }] }],
  });
  const forge = createServer({ key, cert }, answerAsGit(repositories));
  const proxy = createProxy((_, answer) => void answer.writeHead(403).end());
  proxy.on("connect", ({ url }, socket) => {
    if (url !== "github.com:443") {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    forge.emit("connection", socket);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    certificate: cert,
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: () => void proxy.close(),
  };
}
