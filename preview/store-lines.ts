import { noSourcedPrice } from "../azure/charge";
import { storeKinds } from "../catalog/store-kinds";
import { type LustreBuy, type LustreChoiceMade, lustreChoiceOf } from "../stacks/lustre-choice";
import type { InfraPlan } from "../stacks/plan-infra";
import { numberText } from "./number-text";
import type { PricedStore } from "./summary/storage";
import type { StorePrice } from "./summary/store-price";
import type { ServedUse } from "./summary/store-uses";
import type { Summary } from "./summary/summary";

const uses = { checkpoints: "checkpoints", dataSets: "data sets", weights: "weights", homes: "homes" } as const;

/** What a person reads of stores: each with its size, why that size, and which of them serves what. */
export function storeLines(
  { stores, storeUses }: Pick<Summary, "stores" | "storeUses">,
  infra: InfraPlan | null,
): string[] {
  if (stores.length === 0) return [];
  const choice = infra && lustreChoiceOf(infra);
  return [
    ...stores.flatMap((store) => [
      `  ${storeText(store)}`,
      ...(store.kind === "Managed Lustre" && choice !== null ? choiceLines(choice) : []),
    ]),
    ...storeUses.map(useLine),
  ];
}

function storeText({ kind, name, sizeTiB, throughputMBps, price }: PricedStore): string {
  if (sizeTiB === null) return `${kind} ${name}: bills what is stored`;
  const speed = throughputMBps === null ? [] : [`${numberText(throughputMBps)} MB/s`];
  const whole = price.usdPerMonth === null ? whyUnpriced(price) : `${numberText(price.usdPerMonth)} USD a month`;
  return `${kind} ${name}: ${[`${numberText(sizeTiB)} TiB`, ...speed, whole].join(", ")}`;
}

/** USD for each TiB, which compares stores of whatever size. */
function tibText(price: StorePrice): string {
  const { usdPerTiBMonth, coolUsdPerTiBMonth } = price;
  const unit = "USD a TiB and month";
  const first = usdPerTiBMonth === null ? whyUnpriced(price) : `${numberText(usdPerTiBMonth)} ${unit}`;
  if (coolUsdPerTiBMonth === null) return first;
  const cool = numberText(coolUsdPerTiBMonth);
  return `${first}, ${usdPerTiBMonth === null ? `${cool} ${unit}` : cool} once cool`;
}

function whyUnpriced({ unpriced }: StorePrice): string {
  const reasons = [...new Set(unpriced.map(({ because }) => because))].join("; ");
  return reasons === noSourcedPrice ? noSourcedPrice : `no price (${reasons})`;
}

/** Why it is of that tier and size, and what less would do. */
function choiceLines({ capacityTiB, checkpoint, written, bought, cheaper }: LustreChoiceMade): string[] {
  const { tier, sizeTiB } = bought;
  const time =
    checkpoint === null
      ? ""
      : ` and ${numberText(checkpoint.writeTB)} TB in ${numberText(checkpoint.seconds)} s, which it writes in ${seconds(bought)}`;
  return [
    `    ${written ? "enough" : "the cheapest"} for ${figure(capacityTiB)} TiB${time}: ${bill(bought)}`,
    cheaper === null
      ? "    nothing cheaper holds as much"
      : `    the fastest cheaper one: ${bill(cheaper)}, ${checkpoint === null ? `with ${numberText(cheaper.throughputMBps)} MB/s` : `which takes ${seconds(cheaper)}`}`,
    ...(written
      ? []
      : [
          `    write tier: ${tier} and sizeTiB: ${sizeTiB} beside the wish before up: then a wish that changes later is refused, and makes no new file system without the data of this one`,
        ]),
  ];
}

function useLine({ use, store, why, missing }: ServedUse): string {
  if (store === null) return `  ${uses[use]}: no store; storage.${missing ?? ""} is for ${why}`;
  const kind = storeKinds.find((it) => it.name === store.kind);
  const speed = store.throughputMBps === null ? "no promised MB/s" : `${numberText(store.throughputMBps)} MB/s in all`;
  const better = missing === null ? "" : `; storage.${missing} would be better`;
  return `  ${uses[use]}: ${store.kind}, ${speed}, ${tibText(store.price)}, bills ${kind?.bills ?? "unknown"}: ${why}${better}`;
}

function bill({ tier, sizeTiB, usdPerMonth }: LustreBuy): string {
  return `${numberText(sizeTiB)} TiB of ${tier} for ${numberText(Math.round(usdPerMonth))} USD a month`;
}

function seconds({ seconds: it }: LustreBuy): string {
  return `${figure(it ?? 0)} s`;
}

function figure(value: number): string {
  return numberText(Number(value.toPrecision(3)));
}
