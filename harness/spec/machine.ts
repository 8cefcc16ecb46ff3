import { z } from "zod";

/** The machine of a run, as far as the permissions of a run let it be known. */
export const machineSchema = z.strictObject({
  cpu: z.string().nullable().describe("Model; null without the permission --allow-sys=cpus"),
  cores: z.int().nonnegative().describe("Logical processors"),
  system: z.string().nullable().describe("Name of the operating system with its version"),
});

export type Machine = z.infer<typeof machineSchema>;
