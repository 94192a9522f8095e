//! What a table of comma-separated values must have, and has not.

crate::messages! {
    /// What was expected of a table; without the word "expected".
    pub enum Wanted {
        // The file.
        Outlines =
            "outlines: GeoJSON with a whole number `code` among the properties of each feature, which is a \
             Polygon or MultiPolygon",
            "轮廓：GeoJSON，每个要素是 Polygon 或 MultiPolygon，属性中有整数 `code`";
        HeaderAndRow = "a header and at least one row", "有表头和至少一行数据";
        Readable { reason: String } = "a file that can be read: {reason}", "能读取的文件：{reason}";
        Rows { reason: String } = "rows of a CSV file: {reason}", "CSV 文件的行：{reason}";
        Utf8 = "text in UTF-8: save as \"CSV UTF-8 (comma delimited)\"", "UTF-8 文字：请另存为“CSV UTF-8（逗号分隔）”";
        NotUtf16 =
            "text in UTF-8; the file is in UTF-16: save as \"CSV UTF-8 (comma delimited)\"",
            "UTF-8 文字，而文件是 UTF-16：请另存为“CSV UTF-8（逗号分隔）”";
        NotBinary =
            "text in UTF-8; the file is binary, or in UTF-16: save as \"CSV UTF-8 (comma delimited)\"",
            "UTF-8 文字，而文件是二进制的或 UTF-16：请另存为“CSV UTF-8（逗号分隔）”";
        NoWorkbook =
            "a CSV file; this is a workbook: save as \"CSV UTF-8 (comma delimited)\"",
            "CSV 文件，而这是工作簿：请另存为“CSV UTF-8（逗号分隔）”";
        NoSeparatorLine =
            "the names of the columns; delete the line that begins with `sep=`", "列名：请删除以 `sep=` 开头的那一行";
        NoSemicolons =
            "commas between the cells, which are separated by semicolons: save as CSV with commas, and \
                numbers \
             with a point",
            "单元格之间用逗号，而这里用分号：请另存为用逗号分隔、小数用点的 CSV";
        NoTabs =
            "commas between the cells, which are separated by tabs: save as CSV with commas, and numbers \
                with a \
             point",
            "单元格之间用逗号，而这里用制表符：请另存为用逗号分隔、小数用点的 CSV";
        OneCell { has: usize } = "1 cell, like the header; this row has {has}", "像表头一样的 1 个单元格；这一行有 {has} 个";
        Cells { width: usize, has: usize } =
            "{width} cells, like the header; this row has {has}", "像表头一样的 {width} 个单元格；这一行有 {has} 个";
        AtMostRows { count: usize } = "at most {count} rows", "至多 {count} 行";
        MendedFirst { unlisted: u64 } =
            "the faults above fixed first: {unlisted} more are not listed", "先改正以上错误：另有 {unlisted} 处未列出";

        // The header.
        OnlyOnce = "each column only once", "每列只出现一次";
        ColumnInHeader { name: String } = "a column `{name}` in the header", "表头中有 `{name}` 列";
        KnownColumn { near: String } = "a known column; did you mean `{near}`?", "已知的列；是不是 `{near}`？";
        OneOfColumns { names: Vec<String> } = "one of the columns {names}", "以下列之一：{names}";

        // Cells.
        Name = "a name of 1 to 60 visible characters in UTF-8", "1 至 60 个可见字符的名称（UTF-8）";
        Number { low: f64, high: f64 } = "a number from {low} to {high}", "{low} 至 {high} 之间的数";
        Whole { low: u32, high: u32 } = "a whole number from {low} to {high}", "{low} 至 {high} 之间的整数";
        KindOfCounty =
            "district, county-level city, county or banner",
            "district、county-level city、county 或 banner（区、县级市、县或旗）";
        TradesWithCounts =
            "trades with counts, each once, like `clothing:2 toys:1`, or nothing",
            "行业与数目，每个行业一次，形如 `clothing:2 toys:1`，或留空";
        Province = "the full Chinese name of a province", "省份的中文全称";
        OwnCode { line: u64 } = "a code of its own; line {line} has it too", "独有的代码；第 {line} 行已有";
    }
}
