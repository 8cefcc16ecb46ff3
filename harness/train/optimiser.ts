/**
 * What an optimiser is told; the formulas are those of PyTorch's torch.optim.
 *
 * @module
 */

/** SGD, Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019). */
export type Method =
  | { readonly name: "sgd"; readonly momentum: number; readonly nesterov: boolean }
  | {
    readonly name: "adam" | "adamw";
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
  };

/** Parameters that share a rate. */
export interface ParameterGroup {
  /** Parameters whose name starts with one of these; the first group that fits is taken. */
  readonly prefixes: readonly string[];
  /** Factor on the learning rate; 0 freezes. */
  readonly rate: number;
  readonly weightDecay: number;
}

/** The whole optimiser but for the learning rate, which a schedule gives step by step. */
export interface OptimiserSettings {
  readonly method: Method;
  /** Added to the gradient (SGD, Adam) or taken from the weight (AdamW). */
  readonly weightDecay: number;
  /** Groups with other settings; a parameter in none has rate 1 and the weight decay above. */
  readonly groups: readonly ParameterGroup[];
  /** Largest allowed norm of the gradient over all parameters; null: no clipping. */
  readonly clipNorm: number | null;
}
