import { record } from "../core/property-tree";
import { type Props, toProps } from "../core/property-value";
import { RefusedError, textOf } from "../verification/api-answer";
import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";
import { readRecord, recordName, type ReplacedMachine, type ReplacementRecord } from "./replacement-record";

/** The record of replacements in the cluster. Whoever writes it has read what is there: of two at once, the second one is refused. */
export class ReplacementLog {
  readonly #cluster: Pick<ClusterClient, "send">;
  readonly #namespace: string;
  /** As the cluster has it, undefined before the first machine. */
  #object: Props | undefined;
  #record: ReplacementRecord;

  private constructor(cluster: Pick<ClusterClient, "send">, namespace: string, object: Props | undefined) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#object = object;
    this.#record = readRecord(record(object, "data"), namespace);
  }

  /** @throws MisconfiguredError for a record that somebody broke */
  public static async read(cluster: Pick<ClusterClient, "read" | "send">, namespace: string): Promise<ReplacementLog> {
    const object = await cluster.read(`${pathIn(namespace)}/${recordName}`);
    return new ReplacementLog(cluster, namespace, object);
  }

  public get record(): ReplacementRecord {
    return this.#record;
  }

  /**
   * Changes what is remembered of a pool.
   * @throws ClusterError when somebody else has changed the record since it was read, and for a refusal
   */
  public async change(
    pool: string,
    to: (machines: readonly ReplacedMachine[]) => readonly ReplacedMachine[],
  ): Promise<void> {
    const before = this.#object;
    const data = { ...record(before, "data"), [pool]: JSON.stringify(to(this.#record[pool] ?? [])) };
    const metadata = { name: recordName, namespace: this.#namespace };
    const path = pathIn(this.#namespace);
    const answer =
      before === undefined
        ? await this.#cluster.send("POST", path, { apiVersion: "v1", kind: "ConfigMap", metadata, data })
        : // With its resourceVersion, by which the server sees that somebody else was faster.
          await this.#cluster.send("PUT", `${path}/${recordName}`, { ...before, data });
    if (answer.status === 409)
      throw new ClusterError(
        "Somebody else replaces nodes now: the record has changed since it was read. Wait until they are done, and look again",
      );
    if (answer.status >= 300)
      throw new ClusterError(`The record ${recordName} cannot be written: ${textOf(new RefusedError(answer))}`);
    this.#object = toProps(JSON.parse(answer.body));
    this.#record = readRecord(record(this.#object, "data"), this.#namespace);
  }
}

function pathIn(namespace: string): string {
  return `/api/v1/namespaces/${namespace}/configmaps`;
}
