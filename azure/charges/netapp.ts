import { bytesPerGiB } from "../../catalog/netapp-levels";
import { netAppBackupMeter, netAppMeter } from "../../catalog/prices/netapp-meters";
import { isUnknown } from "../../core/property-marks";
import { number, read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly } from "../charge";

/** All capacity of a pool bills, whatever its volumes take of it. What is cool bills less, so this is the most. */
export function netAppPoolCharges(inputs: Props): readonly Charge[] {
  const level = text(inputs, "serviceLevel") ?? "";
  const what = `NetApp Files ${level}`.trim();
  const meter = netAppMeter(level, text(inputs, "encryptionType") ?? "Single");
  if (meter === undefined) return [{ what, because: "only Standard, Premium and Ultra have meters here" }];
  if (isUnknown(read(inputs, "size"))) return [{ what, because: "its size is not known yet" }];
  return [
    hourly(meter, number(inputs, "size") / bytesPerGiB),
    ...(read(inputs, "coolAccess") === true
      ? [{ what: `${what}, moves to and from the cool tier`, because: "nothing declares how much is read again" }]
      : []),
  ];
}

/** What backups hold. */
export function netAppBackupCharges(): readonly Charge[] {
  return [{ meter: netAppBackupMeter, use: "netAppBackupTiB" }];
}
