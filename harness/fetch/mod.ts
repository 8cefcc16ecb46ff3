/** Downloading what the program does not ship: pinned files, resumed, checked, unpacked safely. */
export * from "./download_file.ts";
export * from "./fetch_download.ts";
export * from "./fetch_network.ts";
