/** How each kind of result becomes named numbers. */
export * from "./id_result.ts";
export * from "./protopnet_result.ts";
export * from "./result_head.ts";
