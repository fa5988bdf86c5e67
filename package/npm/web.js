// The entry for pages and bundlers: whoever imports it waits until the WebAssembly has arrived.
import init from './margin_calculator.js';

await init({ module_or_path: new URL('./margin_calculator_bg.wasm', import.meta.url) });

export { evaluate, evaluateText, solve, solveText } from './margin_calculator.js';
