/**
 * The ways in which a transfer fails, by what should happen next.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/** Trying again can help: a cut connection, a busy server. */
export class TransientError extends Error {
  override name = "TransientError";
}

/** This source cannot serve the file: it is missing, another one, or elsewhere. */
export class RefusedError extends Error {
  override name = "RefusedError";
}

/** This source did not come through after every attempt; what it sent is kept. */
export class GaveUpError extends RefusedError {
  override name = "GaveUpError";
}

/** The disk is full or the network is down: further files would fail as well. */
export class StopError extends RunError {
  override name = "StopError";
}
