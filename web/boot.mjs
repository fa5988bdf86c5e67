// Starts the page's program, and fetches later what the first answer does not need.
//
// If this fails, the static page stays as it is: it is complete, and its style sheet shows the line
// about WebAssembly. `OFFLINE` is settled by the build: false where the page cannot be kept.
import init from '#page';

// The program asks for its share module with an event, so that neither knows the other's file.
document.addEventListener('margin-share', async (asked) => {
  try {
    await (await import('./share.mjs')).run(asked.detail);
  } catch (error) {
    console.error(error);
    document.dispatchEvent(new CustomEvent('margin-share-failed', asked));
  }
});

await init();

// A frame keeps nothing: browsers part its storage by host, so each article would hold a copy of
// its own that no other page could use.
if (OFFLINE && top === self) {
  (self.requestIdleCallback ?? setTimeout)(() => import('./offline.mjs').catch(() => {}));
}
