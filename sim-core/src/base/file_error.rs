//! Why a file could not be read or written: what the system says, as a type.

use std::error::Error;
use std::io;

crate::messages! {
    /// Why a file could not be read or written.
    pub enum FileError {
        NotFound = "No such file or directory", "没有这个文件或文件夹";
        NoSuchFile = "no such file", "没有这个文件";
        NoSuchBuiltin = "there is no such built-in scenario", "没有这个内置情景";
        PermissionDenied = "Permission denied", "没有权限";
        StorageFull = "No space left on device", "磁盘已满";
        ReadOnly = "Read-only file system", "磁盘只读";
        IsAFolder = "Is a directory", "这是一个文件夹";
        NotAFolder = "Not a directory", "这不是文件夹";
        NameTooLong = "File name too long", "文件名太长";
        AlreadyExists = "File exists", "文件已存在";
        NotRegular = "not a regular file", "不是普通文件";
        NotRegularBut { what: NoFile } = "{what}, not a regular file", "{what}，不是普通文件";
        NotUtf8 = "not text in UTF-8", "不是 UTF-8 文字";
        TooLong { has: Size, most: Size } = "it has {has}, and at most {most} are read",
            "它有 {has}，最多读取 {most}";
        LongerThan { most: Size } = "longer than the {most} that are read", "超过可读取的 {most}";
        LeavesFolder = "leads out of its folder", "通向所在文件夹之外";
        LinkLeavesFolder =
            "a link that leads out of its folder: name the file itself", "这是通向文件夹之外的链接：请直接写文件本身";
        Link = "a link, and links are not followed here", "这是链接，这里不跟随链接";
        NoFileName = "not the name of a file", "不是文件名";
        Beside = "it does not lie in the experiment's folder", "它不在实验所在的文件夹里";
        Other { text: String } = "{text}", "{text}";
    }
}

crate::messages! {
    /// What is no regular file.
    pub enum NoFile {
        Folder = "a folder", "文件夹";
        Pipe = "a pipe", "管道";
        Socket = "a socket", "套接字";
        Device = "a device", "设备";
        Link = "a link", "链接";
        Other = "something else", "其他东西";
    }
}

crate::messages! {
    /// A size of a file.
    pub enum Size {
        Bytes { count: u64 } = "{count} bytes", "{count} 字节";
        MebiBytes { count: u64 } = "{count} MiB", "{count} MiB";
    }
}

impl Size {
    /// So many bytes, in whole MiB where there are any.
    pub fn of(bytes: u64) -> Size {
        match bytes {
            ..1_048_576 => Size::Bytes { count: bytes },
            _ => Size::MebiBytes { count: bytes >> 20 },
        }
    }
}

impl Error for FileError {}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> io::Error {
        io::Error::other(error)
    }
}

/// What the system refused; what is none of the usual in its own words, without its number, which tells a
/// reader nothing.
impl From<&io::Error> for FileError {
    fn from(error: &io::Error) -> FileError {
        if let Some(own) = error.get_ref().and_then(|own| own.downcast_ref::<FileError>()) {
            return own.clone();
        }
        match error.kind() {
            io::ErrorKind::NotFound => FileError::NotFound,
            io::ErrorKind::PermissionDenied => FileError::PermissionDenied,
            io::ErrorKind::StorageFull => FileError::StorageFull,
            io::ErrorKind::ReadOnlyFilesystem => FileError::ReadOnly,
            io::ErrorKind::IsADirectory => FileError::IsAFolder,
            io::ErrorKind::NotADirectory => FileError::NotAFolder,
            io::ErrorKind::InvalidFilename => FileError::NameTooLong,
            io::ErrorKind::AlreadyExists => FileError::AlreadyExists,
            _ => {
                let text = error.to_string();
                FileError::Other { text: text.split(" (os error").next().unwrap_or(&text).to_owned() }
            }
        }
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> FileError {
        FileError::from(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_becomes_a_type_and_what_is_ours_stays_one() {
        let of = |code| FileError::from(io::Error::from_raw_os_error(code));
        assert_eq!(
            [of(2), of(13), of(28)],
            [FileError::NotFound, FileError::PermissionDenied, FileError::StorageFull]
        );
        let own = FileError::LongerThan { most: Size::of(3 << 20) };
        assert_eq!(FileError::from(io::Error::from(own.clone())), own);
        assert_eq!(own.to_string(), "longer than the 3 MiB that are read");
        assert_eq!(FileError::from(io::Error::other("odd")), FileError::Other { text: "odd".into() });
    }
}
