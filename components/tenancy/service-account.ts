/** Service account that a team's pods run as. Its federated credential names exactly this account. */
export const serviceAccountName = "workload";
