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
            && fits("a  b # both [(", "ab", VERBOSE)
            && fits("^[ #]$ # a space", " ", VERBOSE)
            && fits("^[ #]$", "#", VERBOSE)
            && fits(r"it\'s\/x", "it's/x", 0)
    );
    assert!(fits(r"^\w$", "é", 0));
    assert_eq!(escape("a.b*c d"), r"a\.b\*c\ d");
}

#[test]
fn what_the_crate_does_not_know() {
    let texts = |pattern: &str, text: &str| compile(pattern, 0).findall::<String>(text).repr_text();
    assert_eq!(texts(r"(?<=\d)(?=(?:\d{3})+$)", "1234567"), "['', '']");
    assert_eq!(
        compile(r"(?<!^)(?=[A-Z])", 0).sub("_", "camelCaseText", 0),
        "camel_Case_Text"
    );
    assert_eq!(texts(r"(\w)\1", "aabbcd"), "['a', 'b']");
    assert_eq!(texts("|a", "a"), "['', 'a', '']");
    assert_eq!(texts("(?>a+)ab", "aaab"), "[]");
    assert_eq!(texts("a++b", "aab"), "['aab']");
    assert_eq!(texts("(?:a|)*b", "aab"), "['aab']");
    assert_eq!(texts("<.*?>", "<a><b>"), "['<a>', '<b>']");
    let quoted = compile(r"(?P<q>['\x22])?\w+(?(q)(?P=q)|!)", 0);
    assert!(quoted.fullmatch("'ab'").is_some() && quoted.fullmatch("ab!").is_some());
    assert!(quoted.fullmatch("'ab!").is_none());
    assert_eq!(compile("a$", 0).search("a\n").unwrap().span(0), (0, 1));
    assert!(compile(r"a\Z", 0).search("a\n").is_none());
    assert_eq!(texts(r"(?i)é(?=x)", "Éx"), "['É']");
    assert_eq!(
        compile(r"\w+", ASCII).search("éab").unwrap().span(0),
        (1, 3)
    );
}

#[test]
fn wrong_patterns() {
    let message = |pattern: &str| try_compile(pattern, 0).err().unwrap().message();
    assert_eq!(
        message("(a"),
        "missing ), unterminated subpattern at position 0"
    );
    assert_eq!(message("a)"), "unbalanced parenthesis at position 1");
    assert_eq!(message("*a"), "nothing to repeat at position 0");
    assert_eq!(message("a**"), "multiple repeat at position 2");
    assert_eq!(message("[a"), "unterminated character set at position 0");
    assert_eq!(message(r"\q"), r"bad escape \q at position 0");
    assert_eq!(
        message(r"(?<=a*)b"),
        "look-behind requires fixed-width pattern"
    );
}

#[test]
fn long_texts_need_no_recursion() {
    let text = "ab".repeat(200_000);
    assert_eq!(
        compile("(?:(a)|b)*$", 0).search(&text).unwrap().span(0),
        (0, 400_000)
    );
}
