//! Messages both ways, and hostile ones: nothing executes, nothing freezes, one quiet refusal answers.

use serde_json::{Value, json};

use crate::stage::{Stage, page};

/// A host that writes its own messages and keeps every answer.
const OWN_HOST: &str =
    "<iframe id=calc width=360 height=300 src=\"{app}?view=embed\"></iframe><script>
    const frame = document.getElementById('calc');
    window.heard = [];
    addEventListener('message', ({ source, origin, data }) => {
        if (source !== frame.contentWindow) return;
        heard.push({ origin, ...data });
        if (data.type === 'here') send({ 'margin-calculator': 1, type: 'hello' });
        if (data.result) calc.result = data.result;
    });
    window.send = message => frame.contentWindow.postMessage(message, '*');
    window.values = values => send({ 'margin-calculator': 1, type: 'set', values });
    window.refusals = () => heard.filter(it => it.type === 'refused');
    </script>";

async fn own_host() -> Stage {
    let stage = Stage::open(&page(OWN_HOST)).await;
    stage.wait_for(&["calc"]).await;
    stage
}

#[tokio::test]
async fn a_host_that_writes_its_own_messages_is_answered() {
    let stage = own_host().await;
    let types = stage.browser.ask("return heard.map(it => it.type)").await;
    assert_eq!(types, json!(["here", "ready"]), "nothing is said before hello");
    let origins = stage.browser.ask("return [...new Set(heard.map(it => it.origin))]").await;
    assert_eq!(origins, json!([stage.app.origin()]));
    let height = stage.browser.ask_number("return heard[1].height").await;
    assert!((200.0..=300.0).contains(&height), "{height}");
    stage.browser.ask("values({ lev: '20', entry: '60000', mark: '58400', num: 'comma' })").await;
    stage.wait_for_part("calc", "lev", "20").await;
    // Figures are plain in every number style.
    stage.wait_for_part("calc", "entry", "60000").await;
    for style in ["point", "apos", "indian", "space"] {
        stage.browser.ask(&format!("values({{ num: '{style}' }})")).await;
        stage
            .wait_in(
                "calc",
                style,
                &format!("return document.getElementById('numbers').value === '{style}'"),
            )
            .await;
        stage.wait_for_part("calc", "liquidation_price", "57229.0").await;
        stage.wait_for_part("calc", "unrealized_pnl", "-160.00").await;
    }
    assert_eq!(stage.browser.ask("return refusals()").await, json!([]));
    stage.assert_among_themselves();
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_in_a_sentence_and_the_rest_is_done() {
    let stage = own_host().await;
    stage.browser.ask("values({ lev: 'many', size: '0.2', flavour: 'vanilla' })").await;
    stage.wait_for_part("calc", "size", "0.2").await;
    stage.wait_for_part("calc", "lev", "10").await;
    let refusals =
        stage.browser.wait_until("it is refused", "return refusals().length && refusals()").await;
    assert_eq!(refusals.as_array().map(Vec::len), Some(1), "{refusals}");
    let sentence = refusals[0]["sentence"].as_str().unwrap_or_default();
    assert!(sentence.contains("lev=many") && sentence.contains("flavour"), "{sentence}");
    assert!(sentence.ends_with('.'), "{sentence}");
    // It is the host's fault, and nothing a reader needs to know.
    let note = "return document.getElementById('link-note').checkVisibility()";
    assert_eq!(stage.ask_in("calc", note).await, json!(false));
}

/// Each sends something that must change nothing.
const HOSTILE: [&str; 20] = [
    "send(null)",
    "send('set')",
    "send(7)",
    "send([])",
    "send({})",
    "send({ 'margin-calculator': 2, type: 'set', values: { lev: '99' } })",
    "send({ 'margin-calculator': '1', type: 'set', values: { lev: '99' } })",
    "send({ 'margin-calculator': 1 })",
    "send({ 'margin-calculator': 1, type: 'eval', values: { lev: '99' } })",
    "send({ 'margin-calculator': 1, type: { toString: null }, values: { lev: '99' } })",
    "values(null)",
    "values('lev=99')",
    "values({ lev: 99 })",
    "values({ lev: ['99'] })",
    "values({ lev: { lev: '99' } })",
    "values({ lev: '9'.repeat(100000) })",
    "values(Object.fromEntries(Array.from({ length: 100000 }, (_, i) => ['lev' + i, '99'])))",
    "values({ ['__proto__']: 'x', constructor: 'x', toString: 'x', hasOwnProperty: 'x' })",
    "values(JSON.parse('{\"__proto__\": {\"lev\": \"99\"}, \"prototype\": \"x\"}'))",
    "values({ view: 'full' })",
];

#[tokio::test]
async fn hostile_messages_change_nothing() {
    let stage = own_host().await;
    let before = stage.browser.ask("return calc.result").await;
    for message in HOSTILE {
        stage.browser.ask(message).await;
    }
    let script = "<img src=x onerror=parent.postMessage('hacked','*')><script>hacked=1</script>";
    for field in
        "preset coin side size entry lev mark tiers fee call num theme lang show lock".split(' ')
    {
        let values = json!({ field: script }).to_string();
        stage.browser.ask_with("values(JSON.parse(arguments[0]))", vec![values.into()]).await;
        let short = json!({ field: "<b onclick=hacked=1>" }).to_string();
        stage.browser.ask_with("values(JSON.parse(arguments[0]))", vec![short.into()]).await;
    }
    stage.browser.wait_until("it is refused", "return refusals().length").await;
    assert_eq!(stage.browser.ask("return calc.result").await, before);
    assert_answers(&stage).await;
}

/// Nothing was executed, the frame is whole, and it does what it is told next.
async fn assert_answers(stage: &Stage) {
    let hacked = "return window.hacked ?? ({}).lev ?? ({}).hacked ?? document.querySelectorAll('main img, main script').length";
    assert_eq!(stage.ask_in("calc", hacked).await, json!(0));
    assert_eq!(
        stage.browser.ask("return heard.filter(it => it === 'hacked').length").await,
        json!(0)
    );
    stage.browser.ask("values({ lev: '17' })").await;
    stage.wait_for_part("calc", "lev", "17").await;
}

#[tokio::test]
async fn a_flood_is_answered_once_and_the_last_word_holds() {
    let stage = own_host().await;
    stage.browser.ask("heard.length = 0; for (let i = 0; i < 10000; i++) values({ lev: String(1 + i % 100), nonsense: 'x' })").await;
    stage.wait_for_part("calc", "lev", "100").await;
    let answers = stage.browser.ask_number("return heard.length").await;
    assert!(answers < 300.0, "{answers} answers to 10,000 messages");
    let refusals = stage.browser.ask_number("return refusals().length").await;
    assert!((1.0..10.0).contains(&refusals), "{refusals} refusals");
    assert_answers(&stage).await;
}

#[tokio::test]
async fn only_the_parent_is_heard_and_only_from_where_it_said_hello() {
    // A frame beside it and a window inside the host are not its parent.
    let with_stranger = format!(
        "{OWN_HOST}<iframe id=stranger srcdoc=\"<script>
            setInterval(() => parent.frames[0].postMessage({{ 'margin-calculator': 1, type: 'hello' }}, '*'), 20);
            setInterval(() => parent.frames[0].postMessage({{ 'margin-calculator': 1, type: 'set', values: {{ lev: '99' }} }}, '*'), 20);
            window.got = 0; addEventListener('message', () => got++)</script>\"></iframe>"
    );
    let stage = Stage::open(&page(&with_stranger)).await;
    stage.wait_for(&["calc"]).await;
    let got = "return document.getElementById('stranger').contentWindow.got";
    stage
        .browser
        .wait_until("the stranger runs", &format!("return {} !== undefined", &got[7..]))
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    stage.wait_for_part("calc", "lev", "10").await;
    assert_eq!(stage.browser.ask(got).await, json!(0), "the stranger was told something");
    assert_answers(&stage).await;
}

#[tokio::test]
async fn the_frame_hears_the_origin_that_said_hello_only() {
    let stage = own_host().await;
    let as_from = |origin: &str| {
        format!(
            "dispatchEvent(new MessageEvent('message', {{ origin: '{origin}', source: parent,
                data: {{ 'margin-calculator': 1, type: 'set', values: {{ lev: '33' }} }} }}))"
        )
    };
    stage.ask_in("calc", &as_from("https://else.example")).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    stage.wait_for_part("calc", "lev", "10").await;
    // The same from the host itself is obeyed.
    stage.ask_in("calc", &as_from(&stage.host.origin())).await;
    stage.wait_for_part("calc", "lev", "33").await;
}

#[tokio::test]
async fn a_reader_takes_back_no_more_than_was_done_since_the_host_asked() {
    let stage = own_host().await;
    stage.browser.ask("values({ lev: '50', lock: 'lev' })").await;
    stage.wait_for_part("calc", "lev", "50").await;
    let undo = "document.body.dispatchEvent(new KeyboardEvent('keydown',
        { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true }))";
    stage.ask_in("calc", undo).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    stage.wait_for_part("calc", "lev", "50").await;
    let type_size = "const size = document.getElementById('size'); size.value = '3';
        size.dispatchEvent(new Event('input', { bubbles: true })); size.blur()";
    stage.ask_in("calc", type_size).await;
    stage.wait_for_part("calc", "size", "3").await;
    stage.ask_in("calc", undo).await;
    stage.wait_for_part("calc", "size", "0.1").await;
    stage.wait_for_part("calc", "lev", "50").await;
}

#[tokio::test]
async fn an_example_changes_the_numbers_and_not_the_look() {
    let stage = own_host().await;
    stage
        .browser
        .ask("values({ theme: 'dark', num: 'comma', size: '7' }); values({ preset: 'alt' })")
        .await;
    stage.wait_for_part("calc", "coin", "ZEC").await;
    stage.wait_for_part("calc", "size", "40").await;
    stage.wait_for_part("calc", "num", "comma").await;
    let dark = "return document.documentElement.dataset.theme === 'dark'";
    stage.wait_in("calc", "it is dark", dark).await;
}

#[tokio::test]
async fn the_element_hears_its_own_frame_only() {
    let stage = Stage::open(&page(
        "<margin-calculator id=calc></margin-calculator><iframe id=liar srcdoc=\"<script>
        const lie = { 'margin-calculator': 1, type: 'ready', height: 3333, result: { sentence: 'a lie', figures: {}, asked: {} } };
        setInterval(() => parent.postMessage(lie, '*'), 10)</script>\"></iframe>",
    ))
    .await;
    stage.wait_for(&["calc"]).await;
    // Nor its own frame's, once another page has taken its place there.
    stage
        .browser
        .ask(
            "dispatchEvent(new MessageEvent('message', { origin: 'https://else.example',
                source: document.getElementById('calc').shadowRoot.querySelector('iframe').contentWindow,
                data: { 'margin-calculator': 1, type: 'height', height: 3333 } }))",
        )
        .await;
    // Nor a message that the host's own page sends to itself.
    stage
        .browser
        .ask("postMessage({ 'margin-calculator': 1, type: 'height', height: 3333 }, '*')")
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(stage.height("calc").await < 300.0);
    let sentence =
        stage.browser.ask_text("return document.getElementById('calc').result.sentence").await;
    assert_ne!(sentence, "a lie");
}

#[tokio::test]
async fn an_element_says_what_happens_to_it() {
    let stage = Stage::open(&page(
        "<margin-calculator id=calc leverage=20 flavour=vanilla></margin-calculator><script>
        window.events = [];
        for (const name of ['ready', 'result', 'refused']) {
            document.addEventListener('margin-' + name, event => events.push([name, event.target.id, event.detail]));
        }</script>",
    ))
    .await;
    stage.wait_for(&["calc"]).await;
    stage.wait_for_part("calc", "lev", "20").await;
    stage
        .browser
        .ask("document.getElementById('calc').set({ leverage: 'many', mark_price: 88000 })")
        .await;
    stage.wait_for_part("calc", "mark", "88000").await;
    stage
        .browser
        .wait_until("it is refused", "return events.some(([name]) => name === 'refused')")
        .await;
    let events = stage.browser.ask("return events").await;
    let list: Vec<&Value> = events.as_array().map(|list| list.iter().collect()).unwrap_or_default();
    assert!(list.iter().all(|event| event[1] == "calc"), "{events}");
    for name in ["ready", "result", "refused"] {
        assert!(list.iter().any(|event| event[0] == name), "no {name}: {events}");
    }
    let refused =
        list.iter().find(|event| event[0] == "refused").map(|event| event[2]["sentence"].clone());
    assert!(
        refused.as_ref().and_then(Value::as_str).is_some_and(|it| it.contains("lev=many")),
        "{refused:?}"
    );
    let last =
        list.iter().rfind(|event| event[0] == "result").map(|event| event[2]["figures"].clone());
    let figures = last.unwrap_or_default();
    assert!(
        figures.as_object().is_some_and(|it| it.len() == 8 && it.values().all(Value::is_string)),
        "{figures}"
    );
}
