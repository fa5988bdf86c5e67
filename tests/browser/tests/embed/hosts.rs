//! Hosts of every kind: scripts of both kinds, elements made and moved at any time, strict policies,
//! hosts that forbid storage or scripts, and the calculator's own site.

use browser_tests::places;
use browser_tests::plan::Plan;
use serde_json::json;

use crate::stage::{Stage, page};

const ELEMENT: &str = "<margin-calculator id=calc leverage=20></margin-calculator>";

async fn works(stage: &Stage) {
    stage.wait_for(&["calc"]).await;
    stage.wait_for_part("calc", "lev", "20").await;
    stage.browser.ask("document.getElementById('calc').set({ leverage: '30' })").await;
    stage.wait_for_part("calc", "lev", "30").await;
}

fn with_script(tag: &str, body: &str) -> String {
    page(body).replace("<script src=\"{app}embed.js\"></script>", tag)
}

#[tokio::test]
async fn the_script_may_come_in_any_form_and_more_than_once() {
    let mut stage = Stage::open(&page("")).await;
    for tag in [
        "<script src=\"{app}embed.js\" async></script>",
        "<script src=\"{app}embed.js\" defer></script>",
        "<script src=\"{app}embed.js\" type=module></script>",
        "<script src=\"{app}embed.js?v=3#x\" type=module></script>",
        "<script type=module>import '{app}embed.js'</script>",
        "<script src=\"{app}embed.js\"></script><script src=\"{app}embed.js\"></script><script type=module src=\"{app}embed.js\"></script>",
    ] {
        stage.show(&with_script(tag, ELEMENT)).await;
        works(&stage).await;
        let frames =
            "return document.getElementById('calc').shadowRoot.querySelectorAll('iframe').length";
        assert_eq!(stage.browser.ask(frames).await, json!(1), "{tag}");
        stage.assert_among_themselves();
    }
}

#[tokio::test]
async fn elements_are_made_changed_moved_and_put_back_at_any_time() {
    let stage = Stage::open(&page("<div id=a></div><div id=b></div>")).await;
    stage
        .browser
        .ask(
            "const made = document.createElement('margin-calculator'); made.id = 'calc';
            made.setAttribute('leverage', '20'); document.getElementById('a').append(made); window.made = made",
        )
        .await;
    works(&stage).await;
    // Attributes are obeyed without loading the frame again.
    stage.ask_in("calc", "window.stays = true").await;
    stage
        .browser
        .ask(
            "made.setAttribute('entry-price', '60000'); made.setAttribute('show', 'leverage size')",
        )
        .await;
    stage.wait_for_part("calc", "entry", "60000").await;
    let row = "return document.getElementById('size-row').checkVisibility()";
    stage.wait_in("calc", "the row of the size is there", row).await;
    assert_eq!(stage.ask_in("calc", "return window.stays === true").await, json!(true));
    // Elsewhere on the page it goes on with the reader's numbers.
    stage.browser.ask("made.ready = 0; made.addEventListener('margin-ready', () => made.ready++); document.getElementById('b').append(made)").await;
    stage.browser.wait_until("it is ready again", "return made.ready === 1").await;
    stage.wait_for_part("calc", "lev", "30").await;
    stage.wait_for_part("calc", "entry", "60000").await;
    // Taken away it hears nothing; back again it works.
    stage.browser.ask("made.remove(); made.set({ leverage: '40' })").await;
    stage.browser.ask("document.body.append(made)").await;
    stage.browser.wait_until("it is ready again", "return made.ready === 2").await;
    stage.wait_for_part("calc", "lev", "40").await;
    // What is no longer said falls back to the rest.
    stage.browser.ask("made.removeAttribute('entry-price')").await;
    stage.wait_for_part("calc", "entry", "87959.9").await;
    stage.wait_for_part("calc", "lev", "20").await;
}

#[tokio::test]
async fn a_host_with_a_strict_policy_names_the_calculator_and_nothing_else() {
    let stage = Stage::open(&page(ELEMENT)).await;
    let app = stage.app.origin();
    for (policy, script) in [
        (format!("default-src 'none'; img-src data:; script-src {app}; frame-src {app}"), true),
        (format!("default-src 'none'; img-src data:; frame-src {app}"), false),
    ] {
        let body = if script {
            ELEMENT.to_owned()
        } else {
            "<iframe id=calc width=360 height=300 src=\"{app}?view=embed&lev=20\"></iframe>"
                .to_owned()
        };
        let html = page(&body).replace("{app}", &stage.app.address());
        let site = Plan::of(std::path::Path::new(env!("CARGO_MANIFEST_DIR")))
            .at("localhost")
            .page("/host.html", html)
            .header("/*", "Content-Security-Policy", &policy)
            .start();
        stage.browser.go(&(site.origin() + "/host.html")).await;
        if script {
            works(&stage).await;
        } else {
            let lev = "return document.documentElement.dataset.framed && document.getElementById('leverage-word').value === '20'";
            stage.wait_in("calc", "the plain frame works", lev).await;
        }
    }
}

#[tokio::test]
async fn a_host_of_the_same_origin_has_no_wall_that_only_looks_like_one() {
    let browser = browser_tests::browser::Browser::start().await;
    let html = page(ELEMENT).replace("{app}", "/some/path/");
    let dist = browser_tests::places::dist();
    let app = browser.listening(Plan::of(&dist).page("/host.html", html)).start();
    let host = Plan::of(&dist).start();
    let stage = Stage { browser, app, host };
    stage.browser.set_size(900, 900).await;
    stage.browser.go(&(stage.app.origin() + "/host.html")).await;
    works(&stage).await;
    let sandbox = "return document.getElementById('calc').shadowRoot.querySelector('iframe').hasAttribute('sandbox')";
    assert_eq!(stage.browser.ask(sandbox).await, json!(false));
    // The file that needs nothing beside it has a wall even there.
    stage.browser.ask("document.getElementById('calc').setAttribute('strict', '')").await;
    stage
        .browser
        .wait_until("it starts anew", "return document.getElementById('calc').result === null")
        .await;
    works(&stage).await;
    let tokens =
        "return document.getElementById('calc').shadowRoot.querySelector('iframe').sandbox.value";
    let tokens = stage.browser.ask_text(tokens).await;
    assert!(!tokens.contains("same-origin") && tokens.contains("allow-scripts"), "{tokens}");
}

#[tokio::test]
async fn a_host_that_forbids_storage_has_a_whole_calculator_that_keeps_nothing() {
    // The host itself has no origin, so neither has what it frames: storage throws in both.
    let inner = page(ELEMENT).replace('"', "&quot;");
    let outer = format!(
        "<iframe id=outer sandbox=\"allow-scripts\" width=800 height=700 srcdoc=\"{inner}\"></iframe>"
    );
    let stage = Stage::open(&page(&outer)).await;
    stage.enter("outer").await;
    stage
        .browser
        .wait_until("it says its figures", "return !!document.getElementById('calc')?.result")
        .await;
    let lev = "return document.getElementById('calc').result.asked.lev";
    assert_eq!(stage.browser.ask_text(lev).await, "20");
    stage.browser.ask("document.getElementById('calc').set({ leverage: '30' })").await;
    stage.browser.wait_until("it does as told", &format!("{lev} === '30'")).await;
    stage.leave().await;
}

#[tokio::test]
async fn an_embed_leaves_the_readers_own_numbers_alone() {
    let stage = Stage::open(&page(ELEMENT)).await;
    works(&stage).await;
    let kept = "return Object.keys(localStorage).join()";
    assert_eq!(stage.ask_in("calc", kept).await, json!(""));
    let own = "localStorage.setItem('margin-calculator-numbers', 'v=1&coin=ETH&lev=3'); localStorage.setItem('margin-calculator-theme', 'dark'); location.reload()";
    stage.ask_in("calc", own).await;
    stage
        .browser
        .wait_until(
            "it starts anew",
            "return document.getElementById('calc').result.asked.lev === '20'",
        )
        .await;
    stage.wait_for_part("calc", "coin", "BTC").await;
    assert_eq!(
        stage.ask_in("calc", "return localStorage.getItem('margin-calculator-numbers')").await,
        json!("v=1&coin=ETH&lev=3")
    );
    assert_eq!(
        stage.ask_in("calc", "return document.documentElement.dataset.theme").await,
        json!("light")
    );
}

#[tokio::test]
async fn without_scripts_the_frame_shows_the_page_and_the_element_a_link() {
    let silent = "<iframe id=calc sandbox=allow-same-origin width=360 height=300 src=\"{app}?view=embed\"></iframe>";
    let stage = Stage::open(&page(silent)).await;
    let shown = stage.browser.client.clone();
    stage.enter("calc").await;
    // Scripts of the driver do not run in there either, in every engine; what is found does.
    let answer =
        shown.find(fantoccini::Locator::Css("#answer")).await.expect("the answer is there");
    assert!(answer.is_displayed().await.expect("it can be asked"), "a blank frame");
    stage.leave().await;
    let no_script = with_script(
        "",
        "<margin-calculator id=calc><a id=way href=\"{app}?preset=btc\">The calculator</a></margin-calculator>",
    );
    let stage = Stage::open(&no_script).await;
    assert_eq!(
        stage.browser.ask("return document.getElementById('way').checkVisibility()").await,
        json!(true)
    );
}

#[tokio::test]
async fn a_frame_whose_program_does_not_arrive_is_not_blank() {
    let stage = Stage::open_with(&page(ELEMENT), |app| app.without(".wasm"), |host| host).await;
    let shown = "const page = document.getElementById('page'), note = document.getElementById('needs-wasm');
        return page && getComputedStyle(page).visibility === 'visible' && getComputedStyle(note).visibility === 'visible'";
    stage.wait_in("calc", "the static page is shown", shown).await;
}

#[tokio::test]
async fn an_address_that_would_run_in_the_host_is_not_opened() {
    let stage = Stage::open(&page(
        "<margin-calculator id=calc src=\"javascript:parent.hacked=1\" leverage=20></margin-calculator>",
    ))
    .await;
    works(&stage).await;
    assert_eq!(stage.browser.ask("return window.hacked ?? null").await, json!(null));
}

#[tokio::test]
async fn an_embed_whose_look_is_lost_shows_the_page_and_keeps_nothing() {
    let files = std::fs::read_dir(places::dist()).expect("there is a build");
    let look = files
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .find(|name| name.starts_with("frame-") && name.ends_with(".js"))
        .expect("the build has a script for frames");
    let html =
        page("<iframe id=calc width=360 height=300 src=\"{app}?view=embed&lev=20\"></iframe>");
    let stage = Stage::open_with(&html, |plan| plan.without(look), |plan| plan).await;
    let shown =
        "return document.querySelector('.page').checkVisibility({ visibilityProperty: true })
        && document.getElementById('leverage-word').value === '20'";
    stage.wait_in("calc", "the page is shown", shown).await;
    let typed = "const size = document.getElementById('size'); size.value = '3';
        size.dispatchEvent(new Event('input', { bubbles: true })); size.blur()";
    stage.ask_in("calc", typed).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(stage.ask_in("calc", "return localStorage.length").await, json!(0));
}
