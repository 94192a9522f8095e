//! What a table's file would take in memory, before any of it is unpacked.
//!
//! Repeated values take nothing on the disk, so that a file of a megabyte can claim tables of many gigabytes.
//! Its own headers say how much: rows by group, and bytes by page. What is beyond what this program writes is
//! refused before a byte of it is allocated.

use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use sim_files::File;
use std::io::{self, Read, Seek, SeekFrom};

/// What any file may unpack to \[bytes\].
const ALWAYS: u64 = 256 << 20;
/// How many times its own size a larger one may unpack to. Tables of this program unpack to four to forty
/// times theirs.
const TIMES: u64 = 100;
/// The encodings of pages that this program writes, by their numbers in the format: plain, dictionary, runs
/// of bits, dictionary by runs. Of others the size of a page says nothing: where each text begins as the one
/// before it, a text of a megabyte takes a byte for every time that it is said again.
const ENCODINGS: [i64; 4] = [0, 2, 3, 8];
/// The longest header of a page that is looked at \[bytes\]; statistics of long texts are the most of it.
const HEADER: u64 = 1 << 16;
/// What is read of it at first \[bytes\].
const USUAL_HEADER: u64 = 1 << 8;

/// Refuses a file whose wanted columns would take more than a file of its size may.
///
/// # Errors
/// Why, in words.
pub fn check(
    file: &File,
    metadata: &ParquetMetaData,
    group_rows: usize,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    let most = ALWAYS.max(length.saturating_mul(TIMES));
    let (mut total, mut packed) = (0_u64, 0_u64);
    for group in metadata.row_groups() {
        let rows = u64::try_from(group.num_rows()).map_err(|_| "a negative number of rows")?;
        if rows > group_rows as u64 {
            return Err(format!("a group of {rows} rows; this program writes at most {group_rows}"));
        }
        for column in group.columns().iter().filter(|column| wanted(column.column_descr().name())) {
            // Else a small file has the same pages looked at as often as it likes.
            packed = packed.saturating_add(u64::try_from(column.compressed_size()).unwrap_or(u64::MAX));
            if packed > length {
                return Err("its columns overlap, or lie outside the file".to_owned());
            }
            let pages = pages(file, column, length)?;
            total = total.saturating_add(rows * 8).saturating_add(pages);
            if total > most {
                return Err(format!(
                    "it would take more than {} unpacked, and has {}: no table that this program wrote",
                    crate::text::number::bytes(most),
                    crate::text::number::bytes(length)
                ));
            }
        }
    }
    Ok(())
}

/// What a column's pages say that they unpack to \[bytes\].
fn pages(file: &File, column: &ColumnChunkMetaData, length: u64) -> Result<u64, String> {
    let begin = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
    let begin = u64::try_from(begin).ok();
    let size = u64::try_from(column.compressed_size()).ok();
    let end = begin.zip(size).and_then(|(begin, size)| begin.checked_add(size));
    let (Some(mut at), Some(end)) = (begin, end.filter(|&end| end <= length)) else {
        return Err("a column that lies outside the file".to_owned());
    };
    let mut total = 0_u64;
    while at < end {
        let page = page(file, at).map_err(|error| error.to_string())?.ok_or("a page without a header")?;
        if page.is_foreign {
            return Err("a page in an encoding that this program does not write".to_owned());
        }
        total = total.saturating_add(page.unpacked);
        at += page.header + page.packed;
    }
    Ok(total)
}

/// The page that begins there. Usual headers are short, and a file may have millions.
fn page(mut file: &File, at: u64) -> io::Result<Option<PageSize>> {
    for most in [USUAL_HEADER, HEADER] {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(at))?;
        file.take(most).read_to_end(&mut bytes)?;
        if let Some(page) = (Walk { bytes: &bytes, at: 0 }).page() {
            return Ok(Some(page));
        }
    }
    Ok(None)
}

/// A page, by its header \[bytes\].
struct PageSize {
    header: u64,
    packed: u64,
    unpacked: u64,
    /// Whether its values are in an encoding that this program does not write.
    is_foreign: bool,
}

/// What a structure is called in Thrift's compact form.
const STRUCT: u8 = 12;

/// Values in Thrift's compact form, of which only the sizes of a page are wanted.
struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Walk<'_> {
    /// The header of a page: its second and third field are what it unpacks to and what it takes, the fifth
    /// and the eighth what is said of values in the first and the second form of the format.
    fn page(mut self) -> Option<PageSize> {
        let (mut unpacked, mut packed, mut is_foreign) = (None, None, false);
        self.fields(|walk, field, kind| {
            match field {
                2 => unpacked = Some(walk.whole()?),
                3 => packed = Some(walk.whole()?),
                5 if kind == STRUCT => is_foreign |= walk.is_foreign(2)?,
                8 if kind == STRUCT => is_foreign |= walk.is_foreign(4)?,
                _ => walk.skip(kind, 0)?,
            }
            Some(())
        })?;
        Some(PageSize {
            header: self.at as u64,
            packed: u64::try_from(packed?).ok()?,
            unpacked: u64::try_from(unpacked?).ok()?,
            is_foreign,
        })
    }

    /// Whether a structure's field that names an encoding names one that this program does not write.
    fn is_foreign(&mut self, named_in: i64) -> Option<bool> {
        let mut is_foreign = false;
        self.fields(|walk, field, kind| {
            match field {
                field if field == named_in => is_foreign |= !ENCODINGS.contains(&walk.whole()?),
                _ => walk.skip(kind, 1)?,
            }
            Some(())
        })?;
        Some(is_foreign)
    }

    fn fields(&mut self, mut each: impl FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut field = 0;
        loop {
            let byte = self.byte()?;
            let (step, kind) = (byte >> 4, byte & 15);
            if kind == 0 {
                return Some(());
            }
            field = if step == 0 { self.whole()? } else { field.checked_add(step.into())? };
            each(self, field, kind)?;
        }
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Option<()> {
        if depth > 16 {
            return None;
        }
        match kind {
            // True and false are said by the kind itself.
            1 | 2 => Some(()),
            3 => self.byte().map(drop),
            4..=6 => self.number().map(drop),
            7 => self.over(8),
            8 => {
                let length = self.number()?;
                self.over(usize::try_from(length).ok()?)
            }
            9 | 10 => {
                let byte = self.byte()?;
                let count = match byte >> 4 {
                    15 => self.number()?,
                    few => u64::from(few),
                };
                for _ in 0..count {
                    match byte & 15 {
                        1 | 2 => drop(self.byte()?),
                        kind => self.skip(kind, depth + 1)?,
                    }
                }
                Some(())
            }
            STRUCT => self.fields(|walk, _, kind| walk.skip(kind, depth + 1)),
            _ => None,
        }
    }

    fn over(&mut self, count: usize) -> Option<()> {
        self.at = self.at.checked_add(count).filter(|&at| at <= self.bytes.len())?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn whole(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parquet_table::GROUP;
    use parquet::basic::{Compression, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::{Type, TypePtr};
    use std::fs::File;
    use std::path::Path;
    use std::sync::Arc;

    fn schema() -> TypePtr {
        let field = Type::primitive_type_builder("orders", Physical::INT64)
            .with_repetition(Repetition::REQUIRED)
            .build();
        let fields = vec![Arc::new(field.unwrap())];
        Arc::new(Type::group_type_builder("county").with_fields(fields).build().unwrap())
    }

    /// A file whose groups hold the same number over and over.
    fn repeated(path: &Path, rows: usize, groups: usize) {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(rows));
        let properties = Arc::new(properties.build());
        let once = path.with_extension("once");
        let mut writer =
            SerializedFileWriter::new(File::create(&once).unwrap(), schema(), properties.clone()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&vec![7; rows], None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        let source = File::open(&once).unwrap();
        let reader = SerializedFileReader::new(source.try_clone().unwrap()).unwrap();
        let chunk = reader.metadata().row_group(0).column(0);
        let mut writer =
            SerializedFileWriter::new(File::create(path).unwrap(), schema(), properties).unwrap();
        for _ in 0..groups {
            let mut group = writer.next_row_group().unwrap();
            let result = parquet::column::writer::ColumnCloseResult {
                bytes_written: chunk.compressed_size() as u64,
                rows_written: rows as u64,
                metadata: chunk.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            group.append_column(&source, result).unwrap();
            group.close().unwrap();
        }
        writer.close().unwrap();
    }

    /// Read whole, the second file is four gibibytes of numbers.
    #[test]
    fn a_small_file_that_claims_gigabytes_is_refused_before_it_is_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("county.parquet");
        let read = || {
            let mut rows = 0;
            let file = File::open(&path).unwrap();
            super::super::parquet_reader::read(&file, "county", &|_| true, &mut |part| {
                rows += part.rows();
                Ok(())
            })
            .map(|()| rows)
        };
        repeated(&path, 1000, 40);
        assert_eq!(read(), Ok(40_000));
        repeated(&path, GROUP, 512);
        let refused = read().unwrap_err();
        assert!(refused.contains("unpacked"), "{refused}");
        repeated(&path, GROUP + 1, 1);
        let refused = read().unwrap_err();
        assert!(refused.contains("this program writes at most 1048576"), "{refused}");
    }

    /// Of a text of a hundred thousand bytes that is said ten thousand times, each time as the one before it.
    #[test]
    fn texts_that_repeat_each_other_at_no_cost_are_refused_before_they_are_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("county.parquet");
        let field = Type::primitive_type_builder("orders", Physical::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .build();
        let fields = vec![Arc::new(field.unwrap())];
        let schema = Arc::new(Type::group_type_builder("county").with_fields(fields).build().unwrap());
        let properties = WriterProperties::builder()
            .set_dictionary_enabled(false)
            .set_encoding(parquet::basic::Encoding::DELTA_BYTE_ARRAY);
        let file = File::create(&path).unwrap();
        let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties.build())).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let texts = vec![ByteArray::from(vec![b'x'; 100_000]); 10_000];
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
        let file = File::open(&path).unwrap();
        let refused = super::super::parquet_reader::read(&file, "county", &|_| true, &mut |_| Ok(()));
        let refused = refused.unwrap_err();
        assert!(refused.contains("in an encoding that this program does not write"), "{refused}");
    }
}
