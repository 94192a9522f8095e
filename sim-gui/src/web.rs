//! The window as a web page: one thread, no files. What would be written is downloaded, what is remembered
//! stays in the browser's storage.

use crate::app::App;
use crate::plan::Plan;
use crate::reason::Reason;
use crate::settings::{self, Settings};
use crate::state::State;
use eframe::wasm_bindgen::{JsCast, JsValue};
use std::sync::Arc;
use web_sys::{Blob, HtmlAnchorElement, HtmlCanvasElement, Url};

/// The key of what is remembered.
const KEY: &str = "countryside window";

/// Where the page draws: the `id` of its canvas.
const CANVAS: &str = "window";

/// Opens the window on the page's canvas. What goes wrong stands in the browser's console, where it is looked
/// for.
pub fn start() {
    wasm_bindgen_futures::spawn_local(async {
        if let Err(reason) = open().await {
            web_sys::console::error_2(&"Countryside cannot open its window:".into(), &reason);
        }
    });
}

async fn open() -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(CANVAS));
    let canvas: HtmlCanvasElement =
        element.ok_or_else(|| JsValue::from_str("the page has no canvas"))?.dyn_into()?;
    let options = eframe::WebOptions::default();
    let create: eframe::AppCreator<'static> = Box::new(|creation| {
        let place = settings::place().map(|place| place.path);
        let remembered = place.as_deref().map(Settings::read).unwrap_or_default();
        let context = creation.egui_ctx.clone();
        let wake = Arc::new(move || context.request_repaint());
        let first = (Plan::first_on_page(), Plan::without_programme_on_page());
        let place = place.filter(|_| !remembered.is_locked);
        Ok(Box::new(App::new(State::resumed(remembered, first, 0, wake), place)))
    });
    eframe::WebRunner::new().start(canvas, options, create).await
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered; nothing if nothing was, or may be.
pub fn remembered() -> String {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    text.unwrap_or_default()
}

/// Remembers a text.
///
/// # Errors
/// If the browser keeps nothing for this page.
pub fn remember(text: &str) -> Result<(), Reason> {
    let storage = storage().ok_or(Reason::BrowserKeepsNothing)?;
    let kept = storage.set_item(KEY, text);
    kept.map_err(|_| Reason::BrowserIsFull)
}

/// Keeps what is remembered under another key, and forgets it under its own.
///
/// # Errors
/// If the browser keeps nothing more for this page.
pub fn set_aside() -> Result<(), Reason> {
    let storage = storage().ok_or(Reason::BrowserKeepsNothing)?;
    let full = |_| Reason::BrowserIsFull;
    storage.set_item(&format!("{KEY} set aside"), &remembered()).map_err(full)?;
    storage.remove_item(KEY).map_err(full)
}

/// Hands a file to the browser's downloads.
///
/// # Errors
/// If the browser refuses.
pub fn download(name: &str, bytes: &[u8]) -> Result<(), Reason> {
    offer(name, bytes).map_err(|reason| Reason::BrowserRefused { details: format!("{reason:?}") })
}

fn offer(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let url = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&parts)?)?;
    let document = web_sys::window().and_then(|window| window.document());
    let link: HtmlAnchorElement =
        document.ok_or_else(|| JsValue::from_str("there is no page"))?.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
