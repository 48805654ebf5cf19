/** A namespace of the SDK: who publishes its ARM types, and which of its classes a GPU environment may need. */
export interface WantedNamespace {
  /** Folders of the published types. */
  readonly providers: readonly string[];
  /** Classes, separated by spaces. */
  readonly classes: string;
}

/** What is generated. To know one more type, add its class here and run `npm run azure-types`. */
export const wanted: Readonly<Record<string, WantedNamespace>> = {
  alertsmanagement: {
    providers: ["microsoft.alertsmanagement"],
    classes: `
      ActionRuleByName AlertProcessingRuleByName PrometheusRuleGroup
    `,
  },
  authorization: {
    providers: ["microsoft.authorization"],
    classes: `
      ManagementLockAtResourceGroupLevel ManagementLockAtSubscriptionLevel ManagementLockByScope
      PolicyAssignment PolicyDefinition PolicyDefinitionAtManagementGroup PolicyDefinitionVersion
      PolicyExemption PolicySetDefinition PolicySetDefinitionAtManagementGroup PolicySetDefinitionVersion
      RoleAssignment RoleDefinition
    `,
  },
  compute: {
    providers: ["microsoft.compute"],
    classes: `
      AvailabilitySet CapacityReservation CapacityReservationGroup DedicatedHost DedicatedHostGroup Disk
      DiskAccess DiskEncryptionSet Gallery GalleryApplication GalleryApplicationVersion GalleryImage
      GalleryImageVersion Image ProximityPlacementGroup Snapshot SshPublicKey VirtualMachine
      VirtualMachineExtension VirtualMachineRunCommandByVirtualMachine VirtualMachineScaleSet
      VirtualMachineScaleSetExtension VirtualMachineScaleSetVM VirtualMachineScaleSetVMExtension
    `,
  },
  consumption: {
    providers: ["microsoft.consumption"],
    classes: `
      Budget
    `,
  },
  containerregistry: {
    providers: ["microsoft.containerregistry"],
    classes: `
      AgentPool CacheRule ConnectedRegistry CredentialSet PrivateEndpointConnection Registry Replication
      ScopeMap Task TaskRun Token Webhook
    `,
  },
  containerservice: {
    providers: ["microsoft.containerservice"],
    classes: `
      AgentPool AutoUpgradeProfile DeploymentSafeguard Fleet FleetManagedNamespace FleetMember
      FleetUpdateStrategy IdentityBinding MaintenanceConfiguration ManagedCluster ManagedClusterSnapshot
      ManagedNamespace MeshMembership PrivateEndpointConnection Snapshot TrustedAccessRoleBinding UpdateRun
    `,
  },
  costmanagement: {
    providers: ["microsoft.costmanagement"],
    classes: `
      Budget Export ScheduledAction ScheduledActionByScope View ViewByScope
    `,
  },
  dashboard: {
    providers: ["microsoft.dashboard"],
    classes: `
      Dashboard DashboardDefinition Grafana IntegrationFabric ManagedPrivateEndpoint
    `,
  },
  eventgrid: {
    providers: ["microsoft.eventgrid"],
    classes: `
      EventSubscription SystemTopic SystemTopicEventSubscription Topic TopicEventSubscription
    `,
  },
  keyvault: {
    providers: ["microsoft.keyvault"],
    classes: `
      Key ManagedHsm PrivateEndpointConnection Secret Vault
    `,
  },
  kubernetesconfiguration: {
    providers: ["microsoft.kubernetesconfiguration"],
    classes: `
      Extension FluxConfiguration SourceControlConfiguration
    `,
  },
  logic: {
    providers: ["microsoft.logic"],
    classes: `
      Workflow
    `,
  },
  managedidentity: {
    providers: ["microsoft.managedidentity"],
    classes: `
      FederatedIdentityCredential UserAssignedIdentity
    `,
  },
  monitor: {
    providers: ["microsoft.insights", "microsoft.monitor"],
    classes: `
      ActionGroup ActivityLogAlert AutoscaleSetting AzureMonitorWorkspace DataCollectionEndpoint
      DataCollectionRule DataCollectionRuleAssociation DiagnosticSetting ManagementGroupDiagnosticSetting
      MetricAlert PrivateLinkScope PrivateLinkScopedResource ScheduledQueryRule SubscriptionDiagnosticSetting
    `,
  },
  netapp: {
    providers: ["microsoft.netapp"],
    classes: `
      Account Backup BackupPolicy BackupVault CapacityPool CapacityPoolSnapshot CapacityPoolSubvolume
      CapacityPoolVolume CapacityPoolVolumeQuotaRule SnapshotPolicy VolumeGroup
    `,
  },
  network: {
    providers: ["microsoft.network"],
    classes: `
      ApplicationGateway ApplicationSecurityGroup AzureFirewall BastionHost DdosCustomPolicy
      DdosProtectionPlan FirewallPolicy FirewallPolicyRuleCollectionGroup FlowLog InboundNatRule IpGroup
      LoadBalancer LoadBalancerBackendAddressPool NatGateway NetworkInterface NetworkSecurityGroup
      NetworkSecurityPerimeter NetworkSecurityPerimeterAccessRule NetworkSecurityPerimeterAssociation
      NetworkSecurityPerimeterProfile NetworkWatcher PrivateDnsZoneGroup PrivateEndpoint PrivateLinkService
      PrivateLinkServicePrivateEndpointConnection PublicIPAddress PublicIPPrefix Route RouteTable SecurityRule
      ServiceEndpointPolicy ServiceEndpointPolicyDefinition Subnet VirtualNetwork VirtualNetworkGateway
      VirtualNetworkPeering WebApplicationFirewallPolicy
    `,
  },
  operationalinsights: {
    providers: ["microsoft.operationalinsights"],
    classes: `
      Cluster DataExport LinkedStorageAccount QueryPack SavedSearch Table Workspace
    `,
  },
  privatedns: {
    providers: ["microsoft.network"],
    classes: `
      PrivateZone VirtualNetworkLink
    `,
  },
  quota: {
    providers: ["microsoft.quota"],
    classes: `
      GroupQuota
    `,
  },
  redisenterprise: {
    providers: ["microsoft.cache"],
    classes: `
      AccessPolicyAssignment Database PrivateEndpointConnection RedisEnterprise
    `,
  },
  resources: {
    providers: ["microsoft.resources"],
    classes: `
      AzureCliScript AzurePowerShellScript Deployment DeploymentAtManagementGroupScope DeploymentAtScope
      DeploymentAtSubscriptionScope DeploymentStackAtManagementGroup DeploymentStackAtResourceGroup
      DeploymentStackAtSubscription ResourceGroup TagAtScope TemplateSpec TemplateSpecVersion
    `,
  },
  security: {
    providers: ["microsoft.security"],
    classes: `
      Pricing
    `,
  },
  storage: {
    providers: ["microsoft.storage"],
    classes: `
      BlobContainer BlobContainerImmutabilityPolicy BlobInventoryPolicy BlobServiceProperties EncryptionScope
      FileServiceProperties FileShare LocalUser ManagementPolicy ObjectReplicationPolicy
      PrivateEndpointConnection Queue QueueServiceProperties StorageAccount StorageTaskAssignment Table
      TableServiceProperties
    `,
  },
  storagecache: {
    providers: ["microsoft.storagecache"],
    classes: `
      AmlFilesystem AutoExportJob AutoImportJob Cache ImportJob StorageTarget
    `,
  },
  virtualmachineimages: {
    providers: ["microsoft.virtualmachineimages"],
    classes: `
      VirtualMachineImageTemplate
    `,
  },
};
