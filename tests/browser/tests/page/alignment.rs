//! One price has one place: in both panels, on the ruler, and under the pointer.

use browser_tests::page::{Page, THUMB};
use serde_json::Value;

const WIDTHS: [u32; 7] = [320, 360, 560, 768, 900, 1280, 1600];

/// For every handle: where its thumb is, and how far the nearest drawn circle and upright are.
const DISTANCES: &str = "const svg = document.querySelector('.plot svg.sig');
    const middles = css => [...svg.querySelectorAll(css)].map(e => e.getBoundingClientRect())
        .map(r => [r.left + r.width / 2, r.top + r.height / 2]);
    const grips = middles('.grip'), plumbs = middles('line.plumb');
    const nearest = (x, all) => Math.min(...all.map(([at]) => Math.abs(at - x)));
    return ['mark', 'entry', 'liq'].map(name => {
        const e = document.getElementById(name + '-handle'), x = thumb(e);
        return [name, x, nearest(x, grips), nearest(x, plumbs)];
    });";

#[tokio::test]
async fn handles_circles_and_uprights_stand_at_the_same_place_at_every_width() {
    let page = Page::open("").await;
    let script = THUMB.to_owned() + DISTANCES;
    for width in WIDTHS {
        page.browser.set_size(width, 900).await;
        page.visit("?coin=BTC&side=long&size=0.1&entry=60000&mark=58000&lev=10").await;
        let Value::Array(handles) = page.browser.ask(&script).await else { panic!("no handles") };
        assert_eq!(handles.len(), 3);
        for handle in handles {
            let off = |index: usize| handle[index].as_f64().unwrap_or(f64::INFINITY);
            assert!(off(2) <= 1.5, "{width} px: {} is {} px off its circle", handle[0], off(2));
            assert!(off(3) <= 1.5, "{width} px: {} is {} px off its upright", handle[0], off(3));
        }
    }
}

/// What cannot be read in the chart: words over words, outside the window, or too small.
const ILLEGIBLE: &str = "const chart = document.querySelector('.plot svg.sig'), wrong = [];
    const scale = chart.getBoundingClientRect().width / (chart.viewBox.baseVal.width || chart.clientWidth);
    // Around its words Firefox leaves room on all sides, which only the box of the drawing is without.
    const room = e => {
        const around = e.getBoundingClientRect(), box = e.getBBox();
        const x = around.left + around.width / 2, y = around.top + around.height / 2;
        // As high as the letters are: how much room a line leaves around them is the engine's taste.
        const across = box.width * scale, down = parseFloat(getComputedStyle(e).fontSize) * scale;
        return { left: x - across / 2, right: x + across / 2, top: y - down / 2, bottom: y + down / 2, width: across };
    };
    const words = [...chart.querySelectorAll('text')].filter(e => e.checkVisibility())
        .map(e => [e.textContent, room(e), parseFloat(getComputedStyle(e).fontSize)])
        .filter(([, r]) => r.width > 0);
    words.forEach(([a, p, size], i) => {
        if (size * scale < 12.9) wrong.push(`${a} is ${size * scale} px`);
        if (p.left < -1 || p.right > innerWidth + 1) wrong.push(`${a} is cut off`);
        for (const [b, q] of words.slice(i + 1)) {
            const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (across > 2 && down > 2) wrong.push(`${a} and ${b} overlap by ${across} × ${down}`);
        }
    });
    return wrong.join('; ');";

#[tokio::test]
async fn every_word_in_the_chart_can_be_read_at_every_width() {
    let page = Page::open("").await;
    let mut illegible = Vec::new();
    for width in WIDTHS {
        page.browser.set_size(width, 900).await;
        for query in [
            "",
            "?lev=3",
            "?lev=50",
            "?side=short",
            "?coin=BTC&size=0.1&entry=60000&mark=55000&lev=10",
        ] {
            page.visit(query).await;
            let wrong = page.browser.ask_text(ILLEGIBLE).await;
            if !wrong.is_empty() {
                illegible.push(format!("{width} px wide, {query:?}: {wrong}"));
            }
        }
    }
    assert!(illegible.is_empty(), "{illegible:#?}");
}
