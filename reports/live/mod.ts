/** The page on which a trained ProtoPNet explains images in the reader's browser. */
export * from "./live_model.ts";
export * from "./live_page_files.ts";
export * from "./live_runtime_files.ts";
export * from "./write_live_page.ts";
