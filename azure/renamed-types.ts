/**
 * Type tokens by which older providers call a type that has another name now. Programs that pin an older version still register them.
 * Source: @pulumi/azure-native 3.28.0, the aliases in the class of each type
 */
export const renamedTypes: ReadonlyMap<string, string> = new Map([
  ["azure-native:insights:ActionGroup", "azure-native:monitor:ActionGroup"],
  ["azure-native:insights:ActivityLogAlert", "azure-native:monitor:ActivityLogAlert"],
  ["azure-native:insights:DataCollectionEndpoint", "azure-native:monitor:DataCollectionEndpoint"],
  ["azure-native:insights:DataCollectionRule", "azure-native:monitor:DataCollectionRule"],
  ["azure-native:insights:DiagnosticSetting", "azure-native:monitor:DiagnosticSetting"],
  ["azure-native:insights:MetricAlert", "azure-native:monitor:MetricAlert"],
  ["azure-native:insights:ScheduledQueryRule", "azure-native:monitor:ScheduledQueryRule"],
  ["azure-native:netapp:Pool", "azure-native:netapp:CapacityPool"],
  ["azure-native:netapp:Volume", "azure-native:netapp:CapacityPoolVolume"],
  ["azure-native:network:InterfaceEndpoint", "azure-native:network:PrivateEndpoint"],
  ["azure-native:network:PrivateRecordSet", "azure-native:privatedns:PrivateRecordSet"],
  ["azure-native:network:PrivateZone", "azure-native:privatedns:PrivateZone"],
  ["azure-native:network:VirtualNetworkLink", "azure-native:privatedns:VirtualNetworkLink"],
]);
