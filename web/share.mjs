// What a reader takes along: files, figures, pictures. Fetched with its program when first asked for.
import init, { report } from '../share/pkg/margin_calculator_share.js';

export { init, report };
