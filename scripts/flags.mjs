/**
 * Flags under which the platform's Node runs. Without a bound the heap of an idle afternoon grows to half a gigabyte before anything is
 * collected; with it a process under load stays near two hundred megabytes at the same speed (docs/bench.md).
 */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', '--max-old-space-size=1024'];
