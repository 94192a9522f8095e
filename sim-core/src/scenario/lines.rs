//! Lines and columns of offsets in a text.

/// Where the lines of a text begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn of(text: &'t str) -> Lines<'t> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Line and column of an offset, both from 1; columns count characters.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|&start| start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        (line as u32, column as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_begin_at_one() {
        let lines = Lines::of("浙江 x\n\ny");
        assert_eq!(lines.place(0), (1, 1));
        assert_eq!(lines.place("浙江 ".len()), (1, 4));
        assert_eq!(lines.place("浙江 x\n".len()), (2, 1));
        assert_eq!(lines.place("浙江 x\n\n".len()), (3, 1));
        assert_eq!(lines.place(1000), (3, 1));
    }
}
