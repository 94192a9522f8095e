//! Tables of a page.

use maud::{Markup, html};

/// A table that scrolls by itself where the page is narrow. The first column names the rows; numbers stand at
/// the right.
pub fn table(
    about: &str,
    head: &[&str],
    numbers_from: usize,
    rows: impl Iterator<Item = Vec<Markup>>,
) -> Markup {
    let class = |at: usize| (at >= numbers_from).then_some("number");
    html! {
        p class="caption" { (about) }
        div class="scroll" tabindex="0" role="region" aria-label=(about) {
            table {
                thead { tr { @for (at, name) in head.iter().enumerate() { th scope="col" class=[class(at)] {
                    (name) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.into_iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } }
                                @else { td class=[class(at)] { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A text as a cell.
pub fn cell(text: impl AsRef<str>) -> Markup {
    html! { (text.as_ref()) }
}
