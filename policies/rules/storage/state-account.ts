/** Value of the tag `purpose` of an account that holds the state of stacks. */
export const stateAccount = "pulumi-state";
