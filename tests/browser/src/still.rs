//! The still picture of the page: what a browser without WebAssembly shows.
//!
//! It is the page's own opening state, taken from the running page and written into `index.html`,
//! so that both always say the same.

use serde_json::Value;

use crate::browser::Browser;
use crate::page::{Page, plain};
use crate::places;
use crate::site::Site;

/// Where the picture begins in `index.html`.
pub const BEGIN: &str = "<!-- still:begin -->";
/// Where it ends.
pub const END: &str = "<!-- still:end -->";

/// The window widths whose charts are kept, widest first, and the class that shows each.
const WIDTHS: [(u32, &str); 3] = [
    (1280, "only-wide"),
    (768, "only-middle"),
    (360, "only-small"),
];

/// Takes the chart, with the class given and names that occur nowhere else in the document.
const TAKE_CHART: &str = r#"const only = arguments[0];
    const chart = document.querySelector('.plot svg.sig').cloneNode(true);
    chart.classList.add(only);
    const names = new Map([...chart.querySelectorAll('[id]')].map(e => [e.id, e.id + '-' + only]));
    if (chart.id) names.set(chart.id, chart.id + '-' + only);
    for (const e of [chart, ...chart.querySelectorAll('*')])
        for (const a of e.attributes) {
            if (a.name === 'id' && names.has(a.value)) a.value = names.get(a.value);
            else if (a.name.startsWith('aria-') || a.name === 'for')
                a.value = a.value.split(' ').map(n => names.get(n) ?? n).join(' ');
            else for (const [old, now] of names)
                a.value = a.value.replaceAll(`url(#${old})`, `url(#${now})`).replace(new RegExp(`^#${old}$`), '#' + now);
        }
    return chart.outerHTML;"#;

/// Takes the page as text, with the charts given in place of the living one.
const TAKE_PAGE: &str = r#"const charts = arguments[0];
    const live = document.getElementById('app'), copy = live.cloneNode(true);
    const now = [...live.querySelectorAll('input, option, details')];
    [...copy.querySelectorAll('input, option, details')].forEach((e, i) => {
        if (e.matches('option')) e.toggleAttribute('selected', now[i].selected);
        else if (e.matches('[type=radio], [type=checkbox]')) e.toggleAttribute('checked', now[i].checked);
        else if (e.matches('input')) e.setAttribute('value', now[i].value);
    });
    copy.querySelectorAll('[aria-live]').forEach(e => { e.textContent = '' });
    const comments = document.createNodeIterator(copy, NodeFilter.SHOW_COMMENT), dead = [];
    while (comments.nextNode()) dead.push(comments.referenceNode);
    dead.forEach(c => c.remove());
    copy.normalize();
    const holder = document.createElement('template');
    holder.innerHTML = charts.join('');
    copy.querySelector('.plot svg.sig').replaceWith(holder.content);

    const block = e => e.nodeType === 1 && e.matches('header, main, footer, section, div, p, h1, h2, h3, '
        + 'fieldset, dl, dt, dd, ol, ul, li, details, summary, figure, table, thead, tbody, tr, svg, a.skip, pre');
    // A line of its own only where white space between the parts means nothing.
    const apart = e => e.childNodes.length > 0 && !e.matches('svg, svg *')
        && [...e.childNodes].every(c => block(c) || (c.nodeType === 3 && !c.data.trim()));
    const write = (e, indent) => {
        if (!apart(e)) return indent + e.outerHTML;
        const shell = e.cloneNode(false).outerHTML, end = `</${e.localName}>`;
        return [indent + shell.slice(0, -end.length), ...[...e.children].map(c => write(c, indent + ' ')), indent + end].join('\n');
    };
    return [...copy.childNodes].filter(c => c.nodeType === 1 || c.data?.trim())
        .map(c => c.nodeType === 1 ? write(c, '') : c.data).join('\n');"#;

/// Takes the picture. The page shows its opening state, at whatever width.
pub async fn take(page: &Page) -> String {
    let mut charts = Vec::new();
    for (width, class) in WIDTHS {
        open_at(page, width).await;
        charts.push(page.browser.ask_with(TAKE_CHART, vec![class.into()]).await);
    }
    open_at(page, WIDTHS[0].0).await;
    let picture = page
        .browser
        .ask_with(TAKE_PAGE, vec![Value::Array(charts)])
        .await;
    picture.as_str().expect("a page has text").to_owned()
}

async fn open_at(page: &Page, width: u32) {
    page.browser.set_size(width, 900).await;
    page.browser
        .set_media("screen", &[("prefers-color-scheme", "light")])
        .await;
    page.visit("").await;
}

/// The document with `picture` between the two marks, or what is missing from it.
///
/// # Errors
///
/// If one of the marks does not occur, or they are in the wrong order.
pub fn insert(document: &str, picture: &str) -> Result<String, String> {
    let (head, rest) = document.split_once(BEGIN).ok_or(format!("no {BEGIN}"))?;
    let (_, tail) = rest
        .split_once(END)
        .ok_or(format!("no {END} after {BEGIN}"))?;
    Ok(format!("{head}{BEGIN}\n{}\n{END}{tail}", picture.trim()))
}

/// Reads what can be seen inside `#app`, one line per part, fields and charts included.
const READ: &str = "const read = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE) return '';
        if (node.matches('[aria-live], script, style, title, desc, noscript')) return '';
        if (!node.matches('option') && !node.checkVisibility({ visibilityProperty: true })) return '';
        if (node.matches('select')) return ' ' + (node.selectedOptions[0]?.text ?? '') + ' ';
        if (node.matches('input[type=radio]')) return node.checked ? ' (chosen) ' : ' ';
        if (node.matches('input')) return ' ' + node.value + ' ';
        const inner = [...node.childNodes].map(read).join('');
        return getComputedStyle(node).display === 'inline' ? inner : '\\n' + inner + '\\n';
    };
    return read(document.getElementById('app'));";

/// What a reader sees of the calculator, line by line.
pub async fn visible_lines(page: &Page) -> Vec<String> {
    let text = page.browser.ask_text(READ).await;
    text.lines()
        .map(plain)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Opens the built page with and without its controls and says where they first differ.
pub async fn difference(browser: Browser) -> Option<String> {
    let mut page = Page::open_in(browser, "").await;
    for (width, _) in WIDTHS {
        open_at(&page, width).await;
        let live = visible_lines(&page).await;

        let with_controls = page.site;
        page.site = Site::serve_without(&places::dist(), ".wasm");
        page.browser.go(&page.site.address()).await;
        page.browser.two_frames().await;
        let still = visible_lines(&page).await;
        page.site = with_controls;

        let pairs = still.iter().zip(&live);
        if let Some((still, live)) = pairs.into_iter().find(|(still, live)| still != live) {
            return Some(format!(
                "{width} px wide, the still says {still:?}, the page {live:?}"
            ));
        }
        if still.len() != live.len() {
            let lines = (still.len(), live.len());
            return Some(format!(
                "{width} px wide, the still and the page have {lines:?} lines"
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, insert};

    #[test]
    fn a_picture_replaces_the_one_before() {
        let document = format!("<div>{BEGIN}\nold\n{END}</div>");
        let wanted = format!("<div>{BEGIN}\n<p>new</p>\n{END}</div>");
        assert_eq!(insert(&document, "<p>new</p>\n"), Ok(wanted.clone()));
        assert_eq!(insert(&wanted, "<p>new</p>"), Ok(wanted.clone()));
    }

    #[test]
    fn a_document_without_both_marks_is_left_alone() {
        assert!(insert("<div></div>", "x").is_err());
        assert!(insert(BEGIN, "x").is_err());
        assert!(insert(&format!("{END}{BEGIN}"), "x").is_err());
    }
}
