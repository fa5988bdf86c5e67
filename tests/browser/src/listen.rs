//! What a page writes to the console, in all engines.

use serde_json::Value;

use crate::browser::Browser;
use crate::engine::Engine;
use crate::plan::Plan;

/// Runs before the page's own scripts and writes down all that would stand in the console.
const LISTEN: &str = "window.said = [];
    {
        const say = (kind, what) => { window.said.push(kind + ': ' + what) };
        for (const kind of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'assert']) {
            const own = console[kind];
            console[kind] = (...words) => {
                if (kind !== 'assert' || !words[0]) say('console.' + kind, words.map(String).join(' '));
                own.apply(console, words);
            };
        }
        addEventListener('error', event => {
            const from = event.target;
            if (from === window || !from?.tagName) say('error', event.message + ' ' + event.filename);
            else say('not loaded', from.tagName + ' ' + (from.src || from.href || from.id));
        }, true);
        addEventListener('unhandledrejection', event => { say('refused promise', event.reason) });
        document.addEventListener('securitypolicyviolation', event => {
            say('policy', event.violatedDirective + ' ' + event.blockedURI);
        });
    }";

impl Browser {
    /// A plan with a listener in its pages, if the engine needs one to tell what its pages say.
    #[must_use]
    pub fn listening(&self, plan: Plan) -> Plan {
        if self.engine == Engine::Chromium { plan } else { plan.first_script(LISTEN) }
    }

    /// What was written to the console since the last time this was asked.
    ///
    /// Outside Chromium only what pages of a plan made by [`Browser::listening`] say is known.
    pub async fn said(&self) -> Vec<String> {
        if self.engine == Engine::Chromium {
            let lines = self.console().await;
            return lines.iter().map(|line| format!("{}: {}", line.level, line.message)).collect();
        }
        self.keep_what_was_said().await;
        std::mem::take(&mut self.state().said)
    }

    /// Takes over what the document has written down, before another takes its place.
    pub(crate) async fn keep_what_was_said(&self) {
        if self.engine == Engine::Chromium || self.state().frame.is_some_and(|f| !f.scripts) {
            return;
        }
        let lines = self.client.execute("return (window.said ?? []).splice(0)", Vec::new()).await;
        // A document that cannot be asked, such as a frame that is gone, has nothing to say.
        if let Ok(Value::Array(lines)) = lines {
            let lines = lines.iter().filter_map(|line| line.as_str().map(str::to_owned));
            self.state().said.extend(lines);
        }
    }
}
