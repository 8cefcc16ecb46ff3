/**
 * Freed memory is kept for what is needed next.
 *
 * @module
 */

/** Parameters of mallopt, from glibc's malloc.h, and the values for them. */
const SETTINGS = [
  // M_TRIM_THRESHOLD: free memory beyond which the heap shrinks.
  [-1, 2 ** 30],
  // M_MMAP_THRESHOLD: size from which on memory is mapped anew each time; the largest that is allowed.
  [-3, 2 ** 25],
] as const;

/**
 * Tells glibc's allocator not to return memory to the system that is taken again in the next moment. Each run
 * of a step graph takes and frees as much as its weights; mapping those pages again costs more than the update
 * of the weights (on a virtual machine 4000 page faults took 70 ms of a step, which takes 50 ms without them).
 * Memory in pieces of up to 32 MiB then stays with the process. Does nothing on systems without glibc.
 */
export function keepFreedMemory(): void {
  if (Deno.build.os !== "linux") return;
  let libc;
  try {
    libc = Deno.dlopen("libc.so.6", {
      mallopt: { parameters: ["i32", "i32"], result: "i32" },
    });
  } catch {
    return;
  }
  for (const [parameter, value] of SETTINGS) libc.symbols.mallopt(parameter, value);
  libc.close();
}
