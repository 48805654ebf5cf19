import { stringify } from "yaml";

/** A file that cloud-init writes. */
export interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
  /** Behind what is there, and not in its place. */
  readonly append?: true;
}

/** A cloud-init document that writes files and starts each unit among them in their order: one that fails holds nothing up. */
export function cloudConfig(files: readonly NodeFile[]): string {
  const start = unitsOf(files).map((it) => ["systemctl", "enable", "--now", it]);
  const config = { write_files: files, runcmd: [["systemctl", "daemon-reload"], ...start] };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/** Names of the units among files, in their order. */
export function unitsOf(files: readonly NodeFile[]): readonly string[] {
  return files.flatMap(({ path }) => /^\/etc\/systemd\/system\/([^/]*\.service)$/.exec(path)?.[1] ?? []);
}

/** A unit that each boot starts. */
export function unit(description: string, after: string, service: readonly string[]): string {
  return [
    "[Unit]",
    `Description=${description}`,
    `After=${after}`,
    // A target that nothing asks for is never reached.
    ...(after === "network-online.target" ? [`Wants=${after}`] : []),
    "",
    "[Service]",
    ...service,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}
