//! The size of the page, in all engines, and pages whose scripts do not run.

use serde_json::json;

use crate::browser::Browser;
use crate::engine::Engine;
use crate::frame::Frame;

/// Narrower than this, a window of the engine does not become.
const fn narrowest(engine: Engine) -> u32 {
    match engine {
        Engine::Chromium => 0,
        Engine::Firefox => 500,
        Engine::Webkit => 447,
    }
}

/// Wide and high enough for every frame that a test opens.
const AROUND_A_FRAME: (u32, u32) = (1280, 1000);

impl Browser {
    /// Makes the page this wide and high, in CSS pixels.
    ///
    /// Below the narrowest window of the engine, pages opened from now on stand in a frame.
    pub async fn set_size(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let size = json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            });
            self.devtools("Emulation.setDeviceMetricsOverride", size).await;
            self.wait_for_size(width, height).await;
            return;
        }
        self.leave_frames().await;
        let frame = Frame { width, height, scripts: true };
        let is_framed = width < narrowest(self.engine);
        self.state().frame = is_framed.then_some(frame);
        let (width, height) = match is_framed {
            true => (AROUND_A_FRAME.0, height.max(AROUND_A_FRAME.1)),
            false => (width, height),
        };
        // The window also has bars, whose size is what it is too large by.
        let bars = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let bars = self.ask(bars).await;
        let bar = |index: usize| {
            bars[index].as_u64().and_then(|bar| u32::try_from(bar).ok()).unwrap_or_default()
        };
        let set = self.client.set_window_size(width + bar(0), height + bar(1)).await;
        set.unwrap_or_else(|error| panic!("the window cannot become {width} wide: {error}"));
        self.wait_for_size(width, height).await;
    }

    async fn wait_for_size(&self, width: u32, height: u32) {
        let script = format!("return innerWidth === {width} && innerHeight === {height}");
        self.wait_until("the window takes its size", &script).await;
        self.two_frames().await;
    }

    /// Opens an address as a reader does whose browser runs no script of the page.
    ///
    /// The questions to the document work as usual.
    pub async fn go_without_scripts(&self, address: &str) {
        if self.engine == Engine::Chromium {
            let off = json!({ "value": true });
            self.devtools("Emulation.setScriptExecutionDisabled", off).await;
        } else {
            let (width, height) = AROUND_A_FRAME;
            self.state().frame = Some(Frame { width, height, scripts: false });
        }
        self.go(address).await;
    }
}
