/** Linear dimensions: the spectrum of the correlation matrix and Gaussian points that share it. */
export * from "./correlation_spectrum.ts";
export * from "./gaussian_null.ts";
export * from "./standardise.ts";
export * from "./summary.ts";
export * from "./symmetric_eigenvalues.ts";
