// The types of `margin-calculator/init`: the same functions, and you say where the WebAssembly is.
export * from './index.js';

/** Where the program is: its address, the answer of a `fetch`, its bytes, or the compiled module. */
export type Program = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Fetches and starts the program. Without an address it is the file beside the script. Call it once and
 * wait for it before anything else; further calls change nothing.
 */
export default function init(options?: { module_or_path: Program | Promise<Program> }): Promise<unknown>;

/** Starts the program from its bytes, at once. */
export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
