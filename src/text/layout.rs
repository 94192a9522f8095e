//! Tables in text, laid out to a width.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table};

/// Longer values are cut in tables for people \[characters\].
const LONGEST_VALUE: usize = 30;

/// A plain table of a width, with a line under its header. Cells wrap, but not in the first column, whose
/// names are there to be copied.
pub fn table(width: u16, header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_style(comfy_table::TableComponent::HeaderLines, '─')
        .set_style(comfy_table::TableComponent::MiddleHeaderIntersections, '─')
        .set_header(header.iter().copied());
    if let Some(names) = table.column_mut(0) {
        names.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}

/// Makes columns those of numbers, which stand right and never wrap; the first column wraps instead.
pub fn numbers(table: &mut Table, columns: std::ops::Range<usize>) {
    for index in columns {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    if let Some(names) = table.column_mut(0) {
        names.remove_constraint();
    }
}

/// The table's text without spaces at the ends of lines, every line behind an indent.
pub fn text(table: &Table, indent: &str) -> String {
    let line = |line: String| format!("{indent}{}\n", line.strip_prefix(' ').unwrap_or(&line).trim_end());
    table.lines().map(line).collect()
}

/// A list of entries: cells in line under a header, and below them a text about them, which as a column would
/// be a word wide.
pub fn listing<const N: usize>(header: &[&str; N], entries: &[([String; N], String)], width: u16) -> String {
    let header = header.map(str::to_owned);
    let rows: Vec<&[String; N]> =
        std::iter::once(&header).chain(entries.iter().map(|(cells, _)| cells)).collect();
    let widths: [usize; N] = std::array::from_fn(|column| widest(&rows, column));
    let rule = "─".repeat(widths.iter().sum::<usize>() + 3 * N.saturating_sub(1));
    let mut text =
        format!("{}{}\n", line(&header, &widths), rule.chars().take(usize::from(width)).collect::<String>());
    for (cells, about) in entries {
        text += &line(cells, &widths);
        let room = usize::from(width).saturating_sub(4);
        wrapped(about, room).lines().for_each(|part| text += &format!("    {part}\n"));
    }
    text
}

fn widest<const N: usize>(rows: &[&[String; N]], column: usize) -> usize {
    let width = |cells: &&[String; N]| cells.get(column).map_or(0, |cell| cell.chars().count());
    rows.iter().map(width).max().unwrap_or(0)
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded: Vec<String> =
        cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
    format!("{}\n", padded.join("   ").trim_end())
}

/// A value short enough for a table for people: a schedule's beginning, where JSON and Markdown have all of
/// it.
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_VALUE {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST_VALUE - 4).collect();
    format!("{start} ...")
}

/// A text broken at spaces into lines of a width.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

/// A text below a table: wrapped, two blanks before each line, and a new line after it.
pub fn note(text: &str, width: u16) -> String {
    let wrapped = wrapped(text, usize::from(width).saturating_sub(2));
    wrapped.lines().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_at_spaces_and_long_words_stand_alone() {
        assert_eq!(wrapped("aa bb cc", 5), "aa bb\ncc");
        assert_eq!(wrapped("a verylongword b", 4), "a\nverylongword\nb");
        assert_eq!(wrapped("", 4), "");
    }
}
