// Why something failed: what is the files', what is the place's, and what is ours.
// @ts-check
/** @import { FailureKind } from "./types.d.ts" */
import { Unreadable } from "./reading.js";
import { Unwritable } from "./writing.js";

/** @param {unknown} error @param {WebAssembly.Memory | undefined} memory of the engine @returns {{kind: FailureKind, message: string, ask?: string}} */
export function reason(error, memory) {
  if (error instanceof RangeError || (error instanceof WebAssembly.RuntimeError && isFull(memory))) return { kind: "memory", message: "" };
  if (error instanceof WebAssembly.RuntimeError) return { kind: "crash", message: "" };
  if (error instanceof Unwritable) return { kind: "unwritable", message: "" };
  if (error instanceof Unreadable || error instanceof DOMException) return { kind: "unreadable", message: "" };
  if (error instanceof Error && error.name === "Refused") return { kind: "refused", message: error.message, ask: String(error.cause) };
  return { kind: "engine", message: error instanceof Error ? error.message : String(error) };
}

/** Whether the engine's memory cannot double any more: then it stopped for want of memory. @param {WebAssembly.Memory | undefined} memory */
function isFull(memory) {
  try {
    memory?.grow(memory.buffer.byteLength / 65_536);
    return false;
  } catch {
    return true;
  }
}
