import type * as WindowsIana from "windows-iana";

/**
 * The name that Windows, and with it Logic Apps, has for a time zone of the IANA database; `undefined` where it has none. Its rules of
 * summer time are those of the zone.
 * Source: Unicode CLDR, windowsZones.xml, by the library windows-iana; that Logic Apps wants these names:
 * MicrosoftDocs/azure-docs:articles/logic-apps/workflow-definition-language-functions-reference.md (2023-04-07, convertTimeZone), and the
 * example of articles/connectors/connectors-native-recurrence.md (2022-06-01)
 */
export function windowsTimeZone(name: string): string | undefined {
  // Where nobody has hours its table is not loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by, and could not be waited for here
  const { findWindows } = require("windows-iana") as typeof WindowsIana;
  // A name that is newer than the table has an older one.
  const older = (): string => new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  return findWindows(name)[0] ?? findWindows(older())[0];
}
