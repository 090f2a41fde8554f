/** Flags under which the platform's Node runs. */
export const NODE_FLAGS: readonly string[];
