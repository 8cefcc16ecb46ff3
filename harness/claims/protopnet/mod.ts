/** Claims about ProtoPNet: the statistic, its interval and its verdict. */
export * from "./check.ts";
export type { Evidence } from "./claim.ts";
