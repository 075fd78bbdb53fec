//! Facts from CPython 3.11.

use super::*;
use crate::py::text::Text;

#[test]
fn matches_and_groups() {
    let date = compile(r"(?P<year>\d{4})-(\d\d)(-(\d\d))?", 0);
    let found = date.search("on 2024-05 é").unwrap();
    assert_eq!(found.whole(), "2024-05");
    assert_eq!(found.groups().repr_text(), "['2024', '05', None, None]");
    assert_eq!(
        (found.group("year").unwrap(), found.span(2), found.span(3)),
        ("2024".into(), (8, 10), (-1, -1))
    );
    assert_eq!(
        found.repr_text(),
        "<re.Match object; span=(3, 10), match='2024-05'>"
    );
    assert_eq!(found.try_group(9).unwrap_err().message(), "no such group");
    assert!(date.match_start("on 2024-05").is_none());
    assert!(date.fullmatch("2024-05").is_some() && date.fullmatch("2024-05x").is_none());
    assert_eq!(compile("é(b)", 0).search("aéb").unwrap().span(1), (2, 3));
}

#[test]
fn empty_matches_touch() {
    let texts = |pattern: &str, text: &str| compile(pattern, 0).findall::<String>(text).repr_text();
    assert_eq!(texts("a*", "baaa"), "['', 'aaa', '']");
    assert_eq!(texts("x*", "axé"), "['', 'x', '', '']");
    assert_eq!(compile("x*", 0).sub("-", "axb", 0), "-a--b-");
    assert_eq!(
        compile(r"\b", 0).split("a b", 0).repr_text(),
        "['', 'a', ' ', 'b', '']"
    );
}

#[test]
fn finding_splitting_replacing() {
    assert_eq!(
        compile(r"(\w+)=(\d+)", 0)
            .findall::<(String, String)>("a=1, b=22")
            .repr_text(),
        "[('a', '1'), ('b', '22')]"
    );
    assert_eq!(
        compile(r"(\w)=\d", 0)
            .findall::<String>("a=1, b=2")
            .repr_text(),
        "['a', 'b']"
    );
    assert_eq!(
        compile(r"[\s,]+", 0).split("a, b  c", 0).repr_text(),
        "['a', 'b', 'c']"
    );
    assert_eq!(
        compile(r"(,)", 0).split("a,b,c", 1).repr_text(),
        "['a', ',', 'b,c']"
    );
    assert_eq!(
        compile(r"(?P<x>\d)(\d)", 0).sub(r"\2\g<x>\n", "12 34", 1),
        "21\n 34"
    );
    assert_eq!(
        compile("[aeiou]", IGNORECASE).sub_by(|found| found.whole().to_uppercase() + "!", "Abe", 0),
        "A!bE!"
    );
}

#[test]
fn notations_that_differ() {
    let fits =
        |pattern: &str, text: &str, flags: i64| compile(pattern, flags).search(text).is_some();
    assert!(
        fits(r"[[&~]", "[", 0)
            && fits(r"[]x]+$", "x]", 0)
            && fits(r"^a{,2}$", "aa", 0)
            && !fits(r"^a{,2}$", "aaa", 0)
    );
    assert!(fits(r"b\Z", "ab", 0) && !fits(r"^b", "a\nb", 0) && fits(r"^b$", "a\nb\nc", MULTILINE));
    assert!(
        fits(r"a.b", "a\nb", DOTALL)
            && fits("a  b # both", "ab", VERBOSE)
            && fits(r"it\'s\/x", "it's/x", 0)
    );
    assert!(fits(r"^\w$", "é", 0));
    assert_eq!(escape("a.b*c d"), r"a\.b\*c\ d");
}

#[test]
fn what_the_engine_lacks_is_named() {
    let named = |pattern: &str| syntax::missing(pattern).is_some();
    assert!(named(r"(?<=a)b") && named(r"(a)\1") && named("(?P<x>a)(?P=x)"));
    assert!(!named(r"(?P<x>a)\d\\1") && !named("(?:a|b)"));
}
