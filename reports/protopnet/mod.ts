/** Reports of ProtoPNet experiments. */
export * from "./pictures.ts";
export * from "./render.ts";
