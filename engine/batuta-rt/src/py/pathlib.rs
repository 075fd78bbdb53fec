//! Python's `pathlib.Path` for POSIX, patterns of file names, and `shutil`.

use std::env;
use std::fs;
use std::ops::Deref;
use std::rc::Rc;

use super::bytes::Bytes;
use super::errors::{Exception, OrThrow, raising};
use super::failures::value_error;
use super::files::{File, os_error, try_open};
use super::key::{Key, hash_text};
use super::os_path::{splitext, try_getcwd};
use super::text::Text;
use super::truth::Truth;

/// A path without needless parts; a clone shares its text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The parts, the root among them: paths are ordered by them.
    parts: Rc<[String]>,
    text: Rc<str>,
}

impl Deref for Path {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Text for Path {
    fn str_text(&self) -> String {
        self.text.to_string()
    }

    fn repr_text(&self) -> String {
        format!("PosixPath({})", self.text.to_string().repr_text())
    }
}

impl std::fmt::Debug for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.repr_text())
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

impl Truth for Path {
    fn truth(&self) -> bool {
        true
    }
}

impl Key for Path {
    fn hash_value(&self) -> i64 {
        hash_text(&self.text)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

/// What a system call says about a file.
#[derive(Clone, Copy, Debug)]
pub struct Stat {
    size: i64,
    modified: f64,
}

impl Stat {
    /// `stat.st_size`.
    pub fn st_size(&self) -> i64 {
        self.size
    }

    /// `stat.st_mtime`.
    pub fn st_mtime(&self) -> f64 {
        self.modified
    }
}

raising! {
    /// `os.stat(path)`.
    pub fn stat, try_stat(path: &str) -> Stat {
        let found = fs::metadata(path).map_err(|error| os_error(&error, Some(path)))?;
        let modified = found.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        Ok(Stat { size: found.len() as i64, modified: modified.map_or(0.0, |since| since.as_secs_f64()) })
    }
    /// `os.rename(old, new)`.
    pub fn rename, try_rename(old: &str, new: &str) -> () {
        fs::rename(old, new).map_err(|error| two_paths(&error, old, new))
    }
    /// `shutil.copy(source, target)`: a target that is a folder gets a file of the same name.
    pub fn copy_file, try_copy_file(source: &str, target: &str) -> String {
        let target = if super::os_path::isdir(target) {
            super::os_path::join(target, [&super::os_path::basename(source)])
        } else {
            target.to_string()
        };
        if super::os_path::isdir(source) {
            return Err(os_error(&std::io::Error::from_raw_os_error(21), Some(source)));
        }
        fs::metadata(source).map_err(|error| os_error(&error, Some(source)))?;
        fs::copy(source, &target).map_err(|error| os_error(&error, Some(&target)))?;
        Ok(target)
    }
    /// `shutil.move(source, target)`.
    pub fn move_file, try_move_file(source: &str, target: &str) -> String {
        let target = if super::os_path::isdir(target) {
            super::os_path::join(target, [&super::os_path::basename(source)])
        } else {
            target.to_string()
        };
        fs::rename(source, &target).map_err(|error| os_error(&error, Some(source)))?;
        Ok(target)
    }
    /// `shutil.rmtree(path, ignore_errors)`.
    pub fn remove_tree, try_remove_tree(path: &str, ignore_errors: bool) -> () {
        match fs::remove_dir_all(path) {
            Err(error) if !ignore_errors => Err(os_error(&error, Some(path))),
            _ => Ok(()),
        }
    }
    /// `tempfile.mkdtemp(prefix, suffix)`.
    pub fn make_folder, try_make_folder(prefix: &str, suffix: &str) -> String {
        let base = env::temp_dir().to_string_lossy().trim_end_matches('/').to_string();
        let start = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
        for attempt in 0..10_000_u64 {
            let mut mixed = (start ^ u64::from(std::process::id())).wrapping_add(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let letters: String = (0..8)
                .map(|_| {
                    mixed = mixed.rotate_left(13).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789_"[(mixed >> 40) as usize % 37])
                })
                .collect();
            let path = format!("{base}/{prefix}{letters}{suffix}");
            if fs::create_dir(&path).is_ok() {
                return Ok(path);
            }
        }
        Err(Exception::new("FileExistsError", "No usable temporary directory name found"))
    }
}

fn two_paths(error: &std::io::Error, old: &str, new: &str) -> Exception {
    let first = os_error(error, Some(old));
    let message = format!("{} -> {}", first.message(), new.to_string().repr_text());
    Exception::with_arguments(first.class(), message, String::new())
}

/// `tempfile.gettempdir()`.
pub fn temporary_folder() -> String {
    env::temp_dir()
        .to_string_lossy()
        .trim_end_matches('/')
        .to_string()
}

/// `os.path.expanduser(path)`.
pub fn expanduser(path: &str) -> String {
    let home = env::var("HOME").unwrap_or_default();
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            format!("{}{rest}", home.trim_end_matches('/'))
        }
        _ => path.to_string(),
    }
}

/// `os.path.relpath(path, start)`.
pub fn relpath(path: &str, start: &str) -> String {
    let (path, start) = (
        super::os_path::abspath(path),
        super::os_path::abspath(start),
    );
    let parts = |text: &str| {
        text.split('/')
            .filter(|part| !part.is_empty())
            .map(String::from)
            .collect::<Vec<_>>()
    };
    let (path, start) = (parts(&path), parts(&start));
    let same = path
        .iter()
        .zip(&start)
        .take_while(|(one, other)| one == other)
        .count();
    let up = std::iter::repeat_n("..".to_string(), start.len() - same);
    let made: Vec<String> = up.chain(path[same..].iter().cloned()).collect();
    if made.is_empty() {
        ".".to_string()
    } else {
        made.join("/")
    }
}

/// `os.path.commonprefix(texts)`.
pub fn commonprefix(texts: &[String]) -> String {
    let Some((first, rest)) = texts.split_first() else {
        return String::new();
    };
    let count = first
        .chars()
        .enumerate()
        .take_while(|(place, c)| rest.iter().all(|text| text.chars().nth(*place) == Some(*c)))
        .count();
    first.chars().take(count).collect()
}

/// Whether a name fits a pattern of `*`, `?` and `[…]`; `fnmatch.fnmatch(name, pattern)`.
pub fn fnmatch(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) =
        (name.chars().collect(), pattern.chars().collect());
    fits(&name, &pattern)
}

fn fits(name: &[char], pattern: &[char]) -> bool {
    let Some((first, rest)) = pattern.split_first() else {
        return name.is_empty();
    };
    match first {
        '*' => (0..=name.len()).any(|skipped| fits(&name[skipped..], rest)),
        '?' => !name.is_empty() && fits(&name[1..], rest),
        '[' => {
            let skipped = usize::from(rest.first() == Some(&'!'));
            let close = rest
                .iter()
                .skip(skipped + 1)
                .position(|c| *c == ']')
                .map(|place| place + skipped + 1);
            let Some(close) = close else {
                return name.first() == Some(first) && fits(&name[1..], rest);
            };
            let Some(letter) = name.first() else {
                return false;
            };
            let set = &rest[skipped..close];
            let mut inside = false;
            let mut at = 0;
            while at < set.len() {
                if set.get(at + 1) == Some(&'-') && at + 2 < set.len() {
                    inside |= (set[at]..=set[at + 2]).contains(letter);
                    at += 3;
                } else {
                    inside |= set[at] == *letter;
                    at += 1;
                }
            }
            inside != (skipped == 1) && fits(&name[1..], &rest[close + 1..])
        }
        _ => name.first() == Some(first) && fits(&name[1..], rest),
    }
}

fn names_in(folder: &str) -> Vec<String> {
    let folder = if folder.is_empty() { "." } else { folder };
    let entries = fs::read_dir(folder)
        .map(|found| found.flatten().collect::<Vec<_>>())
        .unwrap_or_default();
    entries
        .iter()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The paths that fit the parts of a pattern below a folder; `hidden`: whether stars also stand for names with a dot first.
fn below(folder: &str, parts: &[&str], hidden: bool, found: &mut Vec<String>) {
    let Some((first, rest)) = parts.split_first() else {
        found.push(folder.to_string());
        return;
    };
    let inside = |name: &str| match folder {
        "" => name.to_string(),
        _ if folder.ends_with('/') => format!("{folder}{name}"),
        _ => format!("{folder}/{name}"),
    };
    if *first == "**" {
        below(folder, rest, hidden, found);
        for name in names_in(folder) {
            let path = inside(&name);
            if (hidden || !name.starts_with('.'))
                && super::os_path::isdir(&path)
                && !std::path::Path::new(&path).is_symlink()
            {
                below(&path, parts, hidden, found);
            }
        }
    } else if first.contains(['*', '?', '[']) {
        for name in names_in(folder) {
            let shown = hidden || !name.starts_with('.') || first.starts_with('.');
            if shown && fnmatch(&name, first) {
                let path = inside(&name);
                if rest.is_empty() || super::os_path::isdir(&path) {
                    below(&path, rest, hidden, found);
                }
            }
        }
    } else {
        let path = inside(first);
        if super::os_path::exists(&path) {
            below(&path, rest, hidden, found);
        }
    }
}

/// `glob.glob(pattern, recursive=…)`.
pub fn glob(pattern: &str, recursive: bool) -> Vec<String> {
    let root = if pattern.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = pattern
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            if part == "**" && !recursive {
                "*"
            } else {
                part
            }
        })
        .collect();
    let mut found = Vec::new();
    below(root, &parts, false, &mut found);
    found
}

impl Path {
    /// `Path(text)`.
    pub fn new(text: &str) -> Self {
        let root = match text.len() - text.trim_start_matches('/').len() {
            0 => "",
            2 => "//",
            _ => "/",
        };
        let names: Vec<String> = text
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
            .map(String::from)
            .collect();
        Self::of(root, names)
    }

    fn of(root: &str, names: Vec<String>) -> Self {
        let joined = format!("{root}{}", names.join("/"));
        let text = if joined.is_empty() { "." } else { &joined };
        let mut parts = names;
        if !root.is_empty() {
            parts.insert(0, root.to_string());
        }
        Path {
            text: text.into(),
            parts: parts.into(),
        }
    }

    /// `Path.cwd()`.
    pub fn try_cwd() -> Result<Path, Exception> {
        Ok(Path::new(&try_getcwd()?))
    }

    /// `Path.cwd()`.
    pub fn cwd() -> Path {
        Path::try_cwd().or_throw()
    }

    /// `Path.home()`.
    pub fn home() -> Path {
        Path::new(&expanduser("~"))
    }

    /// `str(path)`.
    pub fn text(&self) -> String {
        self.text.to_string()
    }

    fn root(&self) -> &str {
        self.parts
            .first()
            .filter(|part| part.starts_with('/'))
            .map_or("", String::as_str)
    }

    fn names(&self) -> &[String] {
        &self.parts[usize::from(!self.root().is_empty())..]
    }

    /// `path / other`.
    pub fn join(&self, other: &str) -> Path {
        if other.starts_with('/') {
            return Path::new(other);
        }
        let more = Path::new(other);
        Path::of(self.root(), [self.names(), more.names()].concat())
    }

    /// `path.joinpath(*others)`.
    pub fn join_all<const N: usize>(&self, others: [&str; N]) -> Path {
        others
            .iter()
            .fold(self.clone(), |path, other| path.join(other))
    }

    /// `path.name`.
    pub fn name(&self) -> String {
        self.names().last().cloned().unwrap_or_default()
    }

    /// `path.suffix`.
    pub fn suffix(&self) -> String {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 && dot + 1 < name.len() => name[dot..].to_string(),
            _ => String::new(),
        }
    }

    /// `path.suffixes`.
    pub fn suffixes(&self) -> Vec<String> {
        let name = self.name();
        if name.ends_with('.') {
            return Vec::new();
        }
        name.trim_start_matches('.')
            .split('.')
            .skip(1)
            .map(|part| format!(".{part}"))
            .collect()
    }

    /// `path.stem`.
    pub fn stem(&self) -> String {
        let name = self.name();
        name[..name.len() - self.suffix().len()].to_string()
    }

    /// `path.parent`.
    pub fn parent(&self) -> Path {
        let names = self.names();
        Path::of(self.root(), names[..names.len().saturating_sub(1)].to_vec())
    }

    /// `path.parents`, nearest first.
    pub fn parents(&self) -> Vec<Path> {
        let names = self.names();
        (0..names.len())
            .rev()
            .map(|count| Path::of(self.root(), names[..count].to_vec()))
            .collect()
    }

    /// `path.parts`.
    pub fn parts(&self) -> Vec<String> {
        self.parts.to_vec()
    }

    /// `path.anchor`.
    pub fn anchor(&self) -> String {
        self.root().to_string()
    }

    /// `path.is_absolute()`.
    pub fn is_absolute(&self) -> bool {
        !self.root().is_empty()
    }

    fn with(&self, name: String) -> Path {
        self.parent().join(&name)
    }

    fn named(&self) -> Result<(), Exception> {
        if self.name().is_empty() {
            return Err(value_error(format!(
                "{} has an empty name",
                self.repr_text()
            )));
        }
        Ok(())
    }

    /// `path.with_suffix(suffix)`.
    pub fn try_with_suffix(&self, suffix: &str) -> Result<Path, Exception> {
        if (!suffix.is_empty() && !suffix.starts_with('.')) || suffix == "." || suffix.contains('/')
        {
            return Err(value_error(format!(
                "Invalid suffix {}",
                suffix.to_string().repr_text()
            )));
        }
        self.named()?;
        Ok(self.with(format!("{}{suffix}", self.stem())))
    }

    /// `path.with_suffix(suffix)`.
    pub fn with_suffix(&self, suffix: &str) -> Path {
        self.try_with_suffix(suffix).or_throw()
    }

    /// `path.with_name(name)`.
    pub fn try_with_name(&self, name: &str) -> Result<Path, Exception> {
        self.named()?;
        if name.is_empty() || name.contains('/') || name == "." {
            return Err(value_error(format!(
                "Invalid name {}",
                name.to_string().repr_text()
            )));
        }
        Ok(self.with(name.to_string()))
    }

    /// `path.with_name(name)`.
    pub fn with_name(&self, name: &str) -> Path {
        self.try_with_name(name).or_throw()
    }

    /// `path.with_stem(stem)`.
    pub fn try_with_stem(&self, stem: &str) -> Result<Path, Exception> {
        self.try_with_name(&format!("{stem}{}", self.suffix()))
    }

    /// `path.with_stem(stem)`.
    pub fn with_stem(&self, stem: &str) -> Path {
        self.try_with_stem(stem).or_throw()
    }

    /// `path.is_relative_to(other)`.
    pub fn is_relative_to(&self, other: &str) -> bool {
        self.parts.starts_with(&Path::new(other).parts)
    }

    /// `path.relative_to(other)`.
    pub fn try_relative_to(&self, other: &str) -> Result<Path, Exception> {
        let base = Path::new(other);
        if !self.is_relative_to(other) {
            return Err(value_error(format!(
                "{} is not in the subpath of {} OR one path is relative and the other is absolute.",
                self.text().repr_text(),
                base.text().repr_text()
            )));
        }
        Ok(Path::of("", self.parts[base.parts.len()..].to_vec()))
    }

    /// `path.relative_to(other)`.
    pub fn relative_to(&self, other: &str) -> Path {
        self.try_relative_to(other).or_throw()
    }

    /// `path.match(pattern)`: from the end of the path.
    pub fn matches(&self, pattern: &str) -> bool {
        let pattern = Path::new(pattern);
        let (mine, wanted) = (&self.parts, &pattern.parts);
        if wanted.len() > mine.len() || (pattern.is_absolute() && wanted.len() != mine.len()) {
            return false;
        }
        mine[mine.len() - wanted.len()..]
            .iter()
            .zip(wanted.iter())
            .all(|(part, wanted)| fnmatch(part, wanted))
    }

    /// `path.expanduser()`.
    pub fn expanduser(&self) -> Path {
        Path::new(&expanduser(self))
    }

    /// `path.absolute()`.
    pub fn absolute(&self) -> Path {
        Path::cwd().join(self)
    }

    /// `path.resolve()`.
    pub fn resolve(&self) -> Path {
        let whole = self.absolute();
        match fs::canonicalize(&*whole.text) {
            Ok(found) => Path::new(&found.to_string_lossy()),
            Err(_) => Path::new(&super::os_path::normpath(&whole)),
        }
    }

    /// `path.exists()`.
    pub fn exists(&self) -> bool {
        super::os_path::exists(self)
    }

    /// `path.is_file()`.
    pub fn is_file(&self) -> bool {
        super::os_path::isfile(self)
    }

    /// `path.is_dir()`.
    pub fn is_dir(&self) -> bool {
        super::os_path::isdir(self)
    }

    /// `path.read_text(encoding)`.
    pub fn try_read_text(&self, encoding: Option<String>) -> Result<String, Exception> {
        try_open(self, "r", encoding, None)?.try_read(None)
    }

    /// `path.read_text(encoding)`.
    pub fn read_text(&self, encoding: Option<String>) -> String {
        self.try_read_text(encoding).or_throw()
    }

    /// `path.write_text(text)`.
    pub fn try_write_text(&self, text: &str) -> Result<i64, Exception> {
        let file: File = try_open(self, "w", None, None)?;
        let count = file.try_write(text)?;
        file.try_close()?;
        Ok(count)
    }

    /// `path.write_text(text)`.
    pub fn write_text(&self, text: &str) -> i64 {
        self.try_write_text(text).or_throw()
    }

    /// `path.read_bytes()`.
    pub fn try_read_bytes(&self) -> Result<Bytes, Exception> {
        fs::read(&*self.text)
            .map(Bytes::from)
            .map_err(|error| os_error(&error, Some(self)))
    }

    /// `path.read_bytes()`.
    pub fn read_bytes(&self) -> Bytes {
        self.try_read_bytes().or_throw()
    }

    /// `path.write_bytes(bytes)`.
    pub fn try_write_bytes(&self, bytes: &[u8]) -> Result<i64, Exception> {
        fs::write(&*self.text, bytes).map_err(|error| os_error(&error, Some(self)))?;
        Ok(bytes.len() as i64)
    }

    /// `path.write_bytes(bytes)`.
    pub fn write_bytes(&self, bytes: &[u8]) -> i64 {
        self.try_write_bytes(bytes).or_throw()
    }

    /// `path.mkdir(parents, exist_ok)`.
    pub fn try_mkdir(&self, parents: bool, exist_ok: bool) -> Result<(), Exception> {
        let made = if parents {
            match self.parent() {
                parent if !parent.exists() => fs::create_dir_all(&*parent.text),
                _ => Ok(()),
            }
            .and_then(|()| fs::create_dir(&*self.text))
        } else {
            fs::create_dir(&*self.text)
        };
        match made {
            Err(_) if exist_ok && self.is_dir() => Ok(()),
            Err(error) => Err(os_error(&error, Some(self))),
            Ok(()) => Ok(()),
        }
    }

    /// `path.mkdir(parents, exist_ok)`.
    pub fn mkdir(&self, parents: bool, exist_ok: bool) {
        self.try_mkdir(parents, exist_ok).or_throw();
    }

    /// `path.touch(exist_ok)`.
    pub fn try_touch(&self, exist_ok: bool) -> Result<(), Exception> {
        let mut options = fs::OpenOptions::new();
        if exist_ok {
            options.append(true).create(true)
        } else {
            options.write(true).create_new(true)
        };
        options
            .open(&*self.text)
            .map(|_| ())
            .map_err(|error| os_error(&error, Some(self)))
    }

    /// `path.touch(exist_ok)`.
    pub fn touch(&self, exist_ok: bool) {
        self.try_touch(exist_ok).or_throw();
    }

    /// `path.unlink(missing_ok)`.
    pub fn try_unlink(&self, missing_ok: bool) -> Result<(), Exception> {
        match fs::remove_file(&*self.text) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && missing_ok => Ok(()),
            done => done.map_err(|error| os_error(&error, Some(self))),
        }
    }

    /// `path.unlink(missing_ok)`.
    pub fn unlink(&self, missing_ok: bool) {
        self.try_unlink(missing_ok).or_throw();
    }

    /// `path.rename(target)`.
    pub fn try_rename(&self, target: &str) -> Result<Path, Exception> {
        try_rename(self, target)?;
        Ok(Path::new(target))
    }

    /// `path.rename(target)`.
    pub fn rename(&self, target: &str) -> Path {
        self.try_rename(target).or_throw()
    }

    /// `path.iterdir()`, in the order of the operating system.
    pub fn try_iterdir(&self) -> Result<std::vec::IntoIter<Path>, Exception> {
        let names = super::os_path::try_listdir(self)?;
        Ok(names
            .iter()
            .map(|name| self.join(name))
            .collect::<Vec<_>>()
            .into_iter())
    }

    /// `path.iterdir()`.
    pub fn iterdir(&self) -> std::vec::IntoIter<Path> {
        self.try_iterdir().or_throw()
    }

    /// `path.glob(pattern)`, or with `deep` `path.rglob(pattern)`.
    pub fn glob(&self, pattern: &str, deep: bool) -> std::vec::IntoIter<Path> {
        let mut parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
        if deep {
            parts.insert(0, "**");
        }
        let mut found = Vec::new();
        let start = if &*self.text == "." { "" } else { &self.text };
        below(start, &parts, true, &mut found);
        if parts == ["**"] {
            found.retain(|path| super::os_path::isdir(path) || path.is_empty());
        }
        found
            .iter()
            .map(|path| Path::new(path))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// The extension of a text path.
pub fn extension(path: &str) -> String {
    splitext(path).1
}

crate::py::deep_copy::plain!(Path);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_the_parts_of_cpython() {
        let path = Path::new("a//b/./c.tar.gz");
        assert_eq!(path.text(), "a/b/c.tar.gz");
        assert_eq!(
            (path.name(), path.stem(), path.suffix()),
            ("c.tar.gz".into(), "c.tar".into(), ".gz".into())
        );
        assert_eq!(path.with_suffix(".txt").text(), "a/b/c.tar.txt");
        assert_eq!(Path::new("/").parent().text(), "/");
        assert_eq!(Path::new("").text(), ".");
        assert_eq!(Path::new("/a").join("/b").text(), "/b");
        assert_eq!(Path::new(".bashrc").suffix(), "");
        assert!(path.matches("*.gz") && !path.matches("a.gz") && path.is_relative_to("a/b"));
    }

    #[test]
    fn patterns_fit_names() {
        assert!(
            fnmatch("data1.csv", "data[0-9].*")
                && !fnmatch("data1.csv", "data[!0-9].*")
                && fnmatch("a", "?")
        );
        assert_eq!(relpath("/a/b/c", "/a/d"), "../b/c");
        assert_eq!(commonprefix(&["abc".to_string(), "abd".to_string()]), "ab");
    }
}
