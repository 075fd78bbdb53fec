//! Python's `os.path` for POSIX paths, and the few functions of `os` that go with it.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::path::Path;

use super::dict::Dict;
use super::errors::{Exception, OrThrow, raising};
use super::files::os_error;

/// `os.path.join(first, *rest)`.
pub fn join<const N: usize>(first: &str, rest: [&str; N]) -> String {
    join_each(first, rest)
}

/// `os.path.join(first, *parts)`.
pub fn join_each(first: &str, rest: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut path = first.to_string();
    for part in rest {
        let part = part.as_ref();
        if part.starts_with('/') {
            path = part.to_string();
        } else {
            if !path.is_empty() && !path.ends_with('/') {
                path.push('/');
            }
            path.push_str(part);
        }
    }
    path
}

/// `os.path.split(path)`.
pub fn split(path: &str) -> (String, String) {
    let (head, tail) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let trimmed = head.trim_end_matches('/');
    (
        if trimmed.is_empty() { head } else { trimmed }.to_string(),
        tail.to_string(),
    )
}

/// `os.path.basename(path)`.
pub fn basename(path: &str) -> String {
    split(path).1
}

/// `os.path.dirname(path)`.
pub fn dirname(path: &str) -> String {
    split(path).0
}

/// `os.path.splitext(path)`: leading dots of the name are no extension.
pub fn splitext(path: &str) -> (String, String) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let stem = name + path[name..].len() - path[name..].trim_start_matches('.').len();
    match path[stem..].rfind('.') {
        Some(dot) => (
            path[..stem + dot].to_string(),
            path[stem + dot..].to_string(),
        ),
        None => (path.to_string(), String::new()),
    }
}

/// `os.path.normpath(path)`.
pub fn normpath(path: &str) -> String {
    if path.is_empty() {
        return ".".to_string();
    }
    let root = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() {
        ".".to_string()
    } else {
        joined
    }
}

/// `os.path.abspath(path)`.
pub fn abspath(path: &str) -> String {
    normpath(&join(&getcwd(), [path]))
}

/// `os.path.exists(path)`.
pub fn exists(path: &str) -> bool {
    Path::new(path).exists()
}

/// `os.path.isfile(path)`.
pub fn isfile(path: &str) -> bool {
    Path::new(path).is_file()
}

/// `os.path.isdir(path)`.
pub fn isdir(path: &str) -> bool {
    Path::new(path).is_dir()
}

/// `os.path.islink(path)`.
pub fn islink(path: &str) -> bool {
    Path::new(path).is_symlink()
}

/// `os.path.isabs(path)`.
pub fn isabs(path: &str) -> bool {
    path.starts_with('/')
}

thread_local! {
    /// What the program sees of its environment: as it was given, and as the program changes it.
    static ENVIRONMENT: RefCell<Dict<String, String>> = RefCell::new(env::vars().collect());
}

/// `os.getenv(name)` and `os.environ.get(name)`.
pub fn getenv(name: &str) -> Option<String> {
    ENVIRONMENT.with_borrow(|held| held.get_ref(name).cloned())
}

/// `os.environ`.
#[derive(Clone, Copy)]
pub struct Environment;

impl Environment {
    /// `os.environ[name]`.
    pub fn try_at(self, name: &str) -> Result<String, Exception> {
        getenv(name).ok_or_else(|| super::failures::key_error(&name))
    }

    /// `os.environ[name]`.
    pub fn at(self, name: &str) -> String {
        self.try_at(name).or_throw()
    }

    /// `os.environ[name] = value`.
    pub fn set_at(self, name: String, value: String) {
        ENVIRONMENT.with_borrow_mut(|held| held.set_at(name, value));
    }

    /// `del os.environ[name]`, and what `os.environ.pop(name)` gives.
    pub fn try_take(self, name: &str) -> Result<String, Exception> {
        let found = self.try_at(name)?;
        ENVIRONMENT.with_borrow_mut(|held| held.try_pop_key(name))?;
        Ok(found)
    }

    /// `os.environ.pop(name)`.
    pub fn take(self, name: &str) -> String {
        self.try_take(name).or_throw()
    }

    /// `os.environ.pop(name, default)`.
    pub fn take_or(self, name: &str, default: String) -> String {
        self.try_take(name).unwrap_or(default)
    }

    /// `os.environ.pop(name, None)`.
    pub fn take_if_there(self, name: &str) -> Option<String> {
        self.try_take(name).ok()
    }

    /// `name in os.environ`.
    pub fn has(self, name: &str) -> bool {
        getenv(name).is_some()
    }

    /// `os.environ.setdefault(name, value)`.
    pub fn set_default(self, name: String, value: String) -> String {
        if let Some(found) = getenv(&name) {
            return found;
        }
        self.set_at(name, value.clone());
        value
    }

    /// `os.environ.update(other)`.
    pub fn update(self, other: impl IntoIterator<Item = (String, String)>) {
        for (name, value) in other {
            self.set_at(name, value);
        }
    }

    /// `os.environ.copy()`.
    pub fn copied(self) -> Dict<String, String> {
        ENVIRONMENT.with_borrow(Clone::clone)
    }
}

raising! {
    /// `os.getcwd()`.
    pub fn getcwd, try_getcwd() -> String {
        Ok(env::current_dir().map_err(|error| os_error(&error, None))?.to_string_lossy().into_owned())
    }
    /// `os.path.getsize(path)`.
    pub fn getsize, try_getsize(path: &str) -> i64 {
        Ok(fs::metadata(path).map_err(|error| os_error(&error, Some(path)))?.len() as i64)
    }
    /// `os.listdir(path)`, in the order in which the operating system gives the names.
    pub fn listdir, try_listdir(path: &str) -> Vec<String> {
        let failed = |error| os_error(&error, Some(path));
        fs::read_dir(path)
            .map_err(failed)?
            .map(|entry| Ok(entry.map_err(failed)?.file_name().to_string_lossy().into_owned()))
            .collect()
    }
    /// `os.makedirs(path, exist_ok=…)`.
    pub fn makedirs, try_makedirs(path: &str, exist_ok: bool) -> () {
        if isdir(path) {
            if exist_ok {
                return Ok(());
            }
            return Err(os_error(&std::io::Error::from_raw_os_error(17), Some(path)));
        }
        fs::create_dir_all(path).map_err(|error| os_error(&error, Some(path)))
    }
    /// `os.mkdir(path)`.
    pub fn mkdir, try_mkdir(path: &str) -> () {
        fs::create_dir(path).map_err(|error| os_error(&error, Some(path)))
    }
    /// `os.remove(path)`.
    pub fn remove, try_remove(path: &str) -> () {
        fs::remove_file(path).map_err(|error| os_error(&error, Some(path)))
    }
    /// `os.rmdir(path)`.
    pub fn rmdir, try_rmdir(path: &str) -> () {
        fs::remove_dir(path).map_err(|error| os_error(&error, Some(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_cpython() {
        assert_eq!(join("a", ["b", "c.txt"]), "a/b/c.txt");
        assert_eq!(join("a/", ["/b", ""]), "/b/");
        for (path, head, tail) in [
            ("/a/b", "/a", "b"),
            ("a", "", "a"),
            ("/a", "/", "a"),
            ("a//", "a", ""),
            ("//x", "//", "x"),
        ] {
            assert_eq!(split(path), (head.to_string(), tail.to_string()), "{path}");
        }
        for (path, stem, extension) in [
            ("a.tar.gz", "a.tar", ".gz"),
            (".bashrc", ".bashrc", ""),
            ("x.d/y", "x.d/y", ""),
            ("..a.b", "..a", ".b"),
        ] {
            assert_eq!(
                splitext(path),
                (stem.to_string(), extension.to_string()),
                "{path}"
            );
        }
        for (path, normal) in [
            ("a/./b/../c", "a/c"),
            ("../../x", "../../x"),
            ("/../x", "/x"),
            ("", "."),
            ("a/..", "."),
        ] {
            assert_eq!(normpath(path), normal, "{path}");
        }
        assert!(isdir("/") && !isfile("/") && exists("/"));
        assert_eq!(
            try_getsize("/none").unwrap_err().message(),
            "[Errno 2] No such file or directory: '/none'"
        );
    }
}
