import { wipeCluster } from "../kubernetes/wipe";
import { servePlugin, type Serving } from "../plugin/serve-plugin";
import { Azure } from "./azure";
import { providerService } from "./provider-service";
import type { Settings } from "./settings";
import { Store } from "./store";
import { realTicker, Timeline } from "./timeline";

/**
 * Serves one simulated Azure to an engine.
 * @param crash What a provider does that dies in the middle of a call
 */
export function serve({ folder, speed, settleMilliseconds }: Settings, crash: () => never): Promise<Serving> {
  const store = new Store(folder);
  const { seconds } = store.read();
  const timeline = new Timeline({ seconds, speed, settleMilliseconds, ticker: realTicker });
  const azure = new Azure(store, timeline, crash);
  return servePlugin(providerService(azure, () => wipeCluster(folder)));
}
