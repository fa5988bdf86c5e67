//! The still page, as `index.html` holds it for browsers without WebAssembly, against the live one.

use crate::browser::Browser;
use crate::page::{Page, plain};
use crate::places;
use crate::site::Site;

/// Reads what can be seen, one line per part, fields and charts included. Between the two widths it is
/// drawn for, the still shows the narrow picture, whose axis has other numbers: there it is left out.
/// The offline line says how keeping the page stands, which is another matter a moment later.
const READ: &str = "const read = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE) return '';
        if (node.matches('[aria-live], script, style, title, desc, noscript, .needs-wasm, .offline')) return '';
        if (innerWidth > 400 && innerWidth < 1000 && node.matches('.drawing')) return '';
        if (!node.matches('option') && !node.checkVisibility({ visibilityProperty: true })) return '';
        if (node.matches('select')) return ' ' + (node.selectedOptions[0]?.text ?? '') + ' ';
        if (node.matches('input[type=radio]')) return node.checked ? ' (chosen) ' : ' ';
        if (node.matches('input')) return ' ' + node.value + ' ';
        const inner = [...node.childNodes].map(read).join('');
        return getComputedStyle(node).display === 'inline' ? inner : '\\n' + inner + '\\n';
    };
    return read(document.body);";

/// What a reader sees, line by line.
pub async fn visible_lines(page: &Page) -> Vec<String> {
    let text = page.browser.ask_text(READ).await;
    text.lines().map(plain).filter(|line| !line.is_empty()).collect()
}

/// Opens the built page with and without its controls and says where they first differ.
pub async fn difference(browser: Browser) -> Option<String> {
    let mut page = Page::open_in(browser, "").await;
    for width in [1280, 768, 360] {
        page.browser.set_size(width, 900).await;
        page.visit("").await;
        let live = visible_lines(&page).await;

        let with_controls = page.site;
        page.site = Site::serve_without(&places::dist(), ".wasm");
        page.browser.go(&page.site.address()).await;
        page.browser.two_frames().await;
        let still = visible_lines(&page).await;
        page.site = with_controls;

        if let Some((still, live)) = still.iter().zip(&live).find(|(still, live)| still != live) {
            return Some(format!("{width} px wide, the still says {still:?}, the page {live:?}"));
        }
        if still.len() != live.len() {
            let lines = (still.len(), live.len());
            return Some(format!("{width} px wide, the still and the page have {lines:?} lines"));
        }
    }
    None
}
