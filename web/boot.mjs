// Starts the page's program, and fetches later what the first answer does not need.
//
// If this fails, the static page stays as it is: it is complete, and its style sheet shows the line
// about WebAssembly. `OFFLINE` is settled by the build: false where the page cannot be kept.
import init from '#page';
import { listen } from './asks.mjs';
import { tell } from './chapters.mjs';

const root = document.documentElement.dataset;

const started = init();
listen(() => import('./share.mjs'), () => import('./embedding.mjs'));
tell(async () => {
  // Where nothing can be kept, all may be one program, and an address may open a chapter before it runs.
  if (!OFFLINE) await started;
  return import('./story.mjs');
});

// A frame waits for its own look, so that no reader sees the other one first. Where that is lost, it
// shows the page's, and the program still knows that it stands in a frame and keeps nothing.
const lost = () => {
  root.framed = 'lost';
};
const frame = root.view === 'embed' && import('./frame.mjs').catch(lost);
try {
  await started;
} catch (error) {
  delete root.view;
  throw error;
}
(await frame)?.start?.();

// A frame keeps nothing: browsers part its storage by host, so each article would hold a copy of
// its own that no other page could use.
if (OFFLINE && top === self) {
  (self.requestIdleCallback ?? setTimeout)(() => import('./offline.mjs').catch(() => {}));
}
