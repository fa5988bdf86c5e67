// The entry for Node: ready as soon as it is imported.
import { readFileSync } from 'node:fs';
import { initSync } from './margin_calculator.js';

initSync({ module: readFileSync(new URL('./margin_calculator_bg.wasm', import.meta.url)) });

export { evaluate, evaluateText, solve, solveText } from './margin_calculator.js';
