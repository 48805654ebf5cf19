import { execFileSync, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import path from "node:path";

/** Makes a bare repository with one tag on what lies in a working tree, committed or not. Its objects stay where they are. */
export function bareRepository(folder: string, root: string, tag: string): void {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  git("init", "--quiet", "--bare", folder);
  const objects = path.resolve(root, git("rev-parse", "--git-common-dir"), "objects");
  appendFileSync(path.join(folder, "objects/info/alternates"), `${objects}\n`);
  // Names nothing in the repository, and is empty where there is nothing to commit.
  const changed = git("-c", "user.name=test", "-c", "user.email=test@example.com", "stash", "create");
  git("--git-dir", folder, "update-ref", `refs/tags/${tag}`, changed === "" ? git("rev-parse", "HEAD") : changed);
}

/** Answers fetches by `git http-backend`, which speaks CGI. */
export function answerAsGit(repositories: string): RequestListener {
  return (request, answer) => {
    const { pathname, search } = new URL(request.url ?? "/", "https://github.com");
    const { "content-type": type = "", "content-encoding": encoding = "", "git-protocol": protocol } = request.headers;
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env["PATH"],
        GIT_PROJECT_ROOT: repositories,
        GIT_HTTP_EXPORT_ALL: "1",
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: type,
        HTTP_CONTENT_ENCODING: encoding,
        ...(typeof protocol === "string" && { GIT_PROTOCOL: protocol }),
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on("data", (it: Buffer) => chunks.push(it));
    backend.on("close", () => {
      const said = Buffer.concat(chunks);
      const end = said.indexOf("\r\n\r\n");
      const headers = said.subarray(0, end).toString("utf8").split("\r\n");
      const fields = headers.map((it) => [it.split(": ", 1)[0] ?? "", it.replace(/^[^:]*: /, "")] as const);
      const status = fields.find(([name]) => name === "Status")?.[1] ?? "200";
      answer.writeHead(Number.parseInt(status, 10), Object.fromEntries(fields.filter(([name]) => name !== "Status")));
      answer.end(said.subarray(end + 4));
    });
  };
}
