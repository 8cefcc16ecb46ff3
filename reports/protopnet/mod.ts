/** Reports of ProtoPNet experiments. */
export * from "./pictures.ts";
export * from "./render.ts";
export * from "./render_explanation.ts";
export * from "./warnings.ts";
