// What a reader takes along: files, figures, pictures. Fetched with its program when first asked for.
import init, { figures, open_file, scenario_file, sentence } from '#share';

let started;

/** Does what the page asks for: `detail` is that of the event `margin-share`. */
export async function run(detail) {
  // After a failure, as without a network, the next wish tries again.
  await (started ??= init().catch((error) => {
    started = undefined;
    throw error;
  }));
  const actions = { figures, open_file, scenario_file, sentence };
  return actions[detail.action](detail.query);
}
