/**
 * What a CronJob runs with Node.js: it sets `stopPolicy` on every ClusterQueue whose label names the pool. Arguments: address of the API
 * server, folder with the token, label, value, policy. It fails when one of them could not be changed, and the Job tries again.
 */
export const switchScript = `
const { readFileSync } = require("node:fs");
const [server, folder, label, pool, stopPolicy] = process.argv.slice(1);
const queues = server + "/apis/kueue.x-k8s.io/v1beta2/clusterqueues";
async function ask(url, options = {}) {
  const authorization = "Bearer " + readFileSync(folder + "/token", "utf8").trim();
  const answer = await fetch(url, { ...options, headers: { authorization, ...options.headers } });
  if (!answer.ok) throw new Error(answer.status + " of " + url + ": " + (await answer.text()));
  return answer.json();
}
async function main() {
  const { items } = await ask(queues + "?labelSelector=" + encodeURIComponent(label + "=" + pool));
  const failed = [];
  for (const { metadata } of items) {
    const headers = { "content-type": "application/merge-patch+json" };
    const body = JSON.stringify({ spec: { stopPolicy } });
    try {
      await ask(queues + "/" + metadata.name, { method: "PATCH", headers, body });
      console.log(metadata.name + ": " + stopPolicy);
    } catch (error) {
      failed.push(metadata.name);
      console.error(String(error));
    }
  }
  if (failed.length > 0) process.exitCode = 1;
}
main().catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
`.trim();
