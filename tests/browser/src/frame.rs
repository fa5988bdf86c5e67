//! A frame that tests put around the page: for widths that no window takes, and without scripts.

/// Where every [`crate::site::Site`] answers with a frame; nothing of the page lies there.
const PATH: &str = "/a-frame-of-the-tests";

/// How wide and high the frame is, and what it may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// A frame without them lets the parent look inside, and nothing else.
    pub(crate) scripts: bool,
}

impl Frame {
    /// The address of a page that shows `address` in this frame, if a test's server has it.
    ///
    /// The frame comes from the same origin, so that it changes nothing but the size.
    pub(crate) fn around(self, address: &str) -> Option<String> {
        let rest = address.strip_prefix("http://")?;
        let (host, target) = rest.split_once('/')?;
        let Self { width, height, scripts } = self;
        let scripts = if scripts { "with" } else { "without" };
        Some(format!("http://{host}{PATH}/{width}/{height}/{scripts}/{target}"))
    }
}

/// The page with a frame that an address made by [`Frame::around`] asks for.
pub(crate) fn answer(target: &str) -> Option<String> {
    let mut parts = target.strip_prefix(PATH)?.strip_prefix('/')?.splitn(4, '/');
    let mut size = || parts.next()?.parse::<u32>().ok();
    let (width, height) = (size()?, size()?);
    let sandbox = match parts.next()? {
        "without" => " sandbox=\"allow-same-origin\"",
        _ => "",
    };
    let inner = parts.next()?.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    Some(format!(
        "<!doctype html><html lang=\"en\"><title>frame</title>\
         <style>body {{ margin: 0 }} iframe {{ border: 0; display: block }}</style>\
         <iframe width=\"{width}\" height=\"{height}\"{sandbox} src=\"/{inner}\"></iframe>"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Frame, answer};

    #[test]
    fn a_frame_shows_the_address_it_was_made_for() {
        let frame = Frame { width: 360, height: 900, scripts: true };
        let around = frame.around("http://127.0.0.1:80/some/path/?a=1&b=\"/2").unwrap();
        let html = answer(around.strip_prefix("http://127.0.0.1:80").unwrap()).unwrap();
        assert!(html.contains("src=\"/some/path/?a=1&amp;b=&quot;/2\""), "{html}");
        assert!(html.contains("width=\"360\" height=\"900\" src"), "{html}");
        assert_eq!(frame.around("about:blank"), None);
        assert_eq!(answer("/some/path/"), None);
    }
}
