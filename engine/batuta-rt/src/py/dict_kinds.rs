//! The dicts of `collections`: `defaultdict`, `Counter` and `OrderedDict`.

use std::borrow::Borrow;
use std::rc::Rc;

use super::dict::{Dict, Kind};
use super::iterate::Summand;
use super::key::Key;
use super::shared::Shared;
use super::sorting::sort_by_key;

/// `collections.Counter`.
pub type Counter<K> = Dict<K, i64>;
/// `collections.defaultdict`.
pub type DefaultDict<K, V> = Dict<K, V>;
/// `collections.OrderedDict`.
pub type OrderedDict<K, V> = Dict<K, V>;

impl<K: Key, V> Dict<K, V> {
    /// `defaultdict(factory)`. `shown` is how Python shows the factory, such as `<class 'list'>`.
    pub fn with_factory(factory: impl Fn() -> V + 'static, shown: &str) -> Self {
        Self::of_kind(Kind::Default(Rc::new(factory), shown.into()))
    }

    /// A `defaultdict` with pairs from the start.
    pub fn filled_with(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        self.update_from(pairs);
        self
    }

    /// `OrderedDict(pairs)`.
    pub fn ordered(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut dict = Self::of_kind(Kind::Ordered);
        dict.update_from(pairs);
        dict
    }

    /// A defaultdict's `d[key]`, the value itself, to be changed.
    pub fn at_or_default_mut<Q: Key + ToOwned<Owned = K> + ?Sized>(&mut self, key: &Q) -> &mut V
    where
        K: Borrow<Q>,
    {
        if !self.contains_key(key) {
            let factory = self
                .factory()
                .expect("only a defaultdict is asked for a default");
            self.set_at(key.to_owned(), factory());
        }
        self.get_mut(key)
            .expect("the key was added when it was missing")
    }

    fn factory(&self) -> Option<Rc<dyn Fn() -> V>> {
        match &self.kind {
            Kind::Default(factory, _) => Some(Rc::clone(factory)),
            _ => None,
        }
    }
}

impl<K: Key, V: Clone> Dict<K, V> {
    /// A defaultdict's `d[key]`: made and kept where the key is new.
    pub fn at_or_default<Q: Key + ToOwned<Owned = K> + ?Sized>(&mut self, key: &Q) -> V
    where
        K: Borrow<Q>,
    {
        self.at_or_default_mut(key).clone()
    }
}

impl<K: Key, V: Clone> Shared<Dict<K, V>> {
    /// A defaultdict's `d[key]`. The factory runs without a borrow, for it may look at the dict.
    pub fn at_or_default<Q: Key + ToOwned<Owned = K> + ?Sized>(&self, key: &Q) -> V
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.with(|dict| dict.get(key)) {
            return value;
        }
        let factory = self
            .with(Dict::factory)
            .expect("only a defaultdict is asked for a default");
        let value = factory();
        self.with_mut(|dict| dict.at_or_insert_with(key.to_owned(), || value))
    }
}

/// The numbers that a Counter counts with.
pub trait Count: Summand + Copy + PartialOrd {
    /// One more.
    const ONE: Self;
    /// The sum, ending the program where it does not fit.
    fn plus(self, other: Self) -> Self {
        Self::sum_from(self, std::iter::once(other))
    }
    /// The difference.
    fn minus(self, other: Self) -> Self;
}

impl Count for i64 {
    const ONE: i64 = 1;
    fn minus(self, other: i64) -> i64 {
        self.checked_sub(other)
            .unwrap_or_else(|| super::integer_overflow())
    }
}

impl Count for f64 {
    const ONE: f64 = 1.0;
    fn minus(self, other: f64) -> f64 {
        self - other
    }
}

/// `Counter(items)`.
pub fn counter<K: Key>(items: impl IntoIterator<Item = K>) -> Counter<K> {
    let mut dict = empty_counter();
    dict.count_items(items);
    dict
}

/// `Counter(counts)` of a dict.
pub fn counter_from<K: Key, V: Count>(pairs: impl IntoIterator<Item = (K, V)>) -> Dict<K, V> {
    let mut dict = empty_counter();
    dict.update_from(pairs);
    dict
}

fn empty_counter<K: Key, V: Count>() -> Dict<K, V> {
    Dict::of_kind(Kind::Counter(V::partial_cmp))
}

impl<K: Key, V: Count> Dict<K, V> {
    /// `c.update(items)`.
    pub fn count_items(&mut self, items: impl IntoIterator<Item = K>) {
        self.count_pairs(items.into_iter().map(|item| (item, V::ONE)));
    }

    /// `c.update(counts)`.
    pub fn count_pairs(&mut self, pairs: impl IntoIterator<Item = (K, V)>) {
        for (key, count) in pairs {
            let place = self.at_mut_or_insert_with(key, V::zero);
            *place = place.plus(count);
        }
    }

    /// `c.subtract(items)`.
    pub fn subtract_items(&mut self, items: impl IntoIterator<Item = K>) {
        self.subtract_pairs(items.into_iter().map(|item| (item, V::ONE)));
    }

    /// `c.subtract(counts)`.
    pub fn subtract_pairs(&mut self, pairs: impl IntoIterator<Item = (K, V)>) {
        for (key, count) in pairs {
            let place = self.at_mut_or_insert_with(key, V::zero);
            *place = place.minus(count);
        }
    }

    /// A Counter's `c[key]`: zero for a key that was not seen.
    pub fn count_at<Q: Key + ?Sized>(&self, key: &Q) -> V
    where
        K: Borrow<Q>,
    {
        self.get_or(key, V::zero())
    }

    /// `c.total()`.
    pub fn total(&self) -> V {
        V::sum_from(V::zero(), self.values_ref().copied())
    }
}

impl<K: Key + Clone, V: Count> Dict<K, V> {
    /// `c.most_common(count)`: all of them without a count. Equal counts stay in the order of their first sighting.
    pub fn most_common(&self, count: Option<i64>) -> Vec<(K, V)> {
        let mut pairs: Vec<(K, V)> = self.pairs().collect();
        sort_by_key(&mut pairs, |pair| pair.1, true);
        pairs.truncate(count.map_or(pairs.len(), |count| count.max(0) as usize));
        pairs
    }

    fn combined(&self, other: &Self, join: impl Fn(V, V) -> V, only_mine: bool) -> Self {
        let zero = V::zero();
        let mut result = empty_counter();
        for (key, count) in self.pairs() {
            let joined = join(count, other.get_or(&key, zero));
            if joined > zero {
                result.set_at(key, joined);
            }
        }
        if !only_mine {
            for (key, count) in other.pairs() {
                let joined = join(zero, count);
                if !self.contains_key(&key) && joined > zero {
                    result.set_at(key, joined);
                }
            }
        }
        result
    }

    /// `c + d`.
    pub fn counts_plus(&self, other: &(impl AsDict<K, V> + ?Sized)) -> Self {
        other.with_dict(|other| self.combined(other, V::plus, false))
    }

    /// `c - d`.
    pub fn counts_minus(&self, other: &(impl AsDict<K, V> + ?Sized)) -> Self {
        other.with_dict(|other| self.combined(other, V::minus, false))
    }

    /// `c += d`.
    pub fn counts_plus_assign(&mut self, other: &(impl AsDict<K, V> + ?Sized)) {
        *self = self.counts_plus(other);
    }

    /// `c -= d`.
    pub fn counts_minus_assign(&mut self, other: &(impl AsDict<K, V> + ?Sized)) {
        *self = self.counts_minus(other);
    }

    /// `c &= d`.
    pub fn counts_and_assign(&mut self, other: &(impl AsDict<K, V> + ?Sized)) {
        *self = self.counts_and(other);
    }

    /// `c |= d`.
    pub fn counts_or_assign(&mut self, other: &(impl AsDict<K, V> + ?Sized)) {
        *self = self.counts_or(other);
    }

    /// `c & d`.
    pub fn counts_and(&self, other: &(impl AsDict<K, V> + ?Sized)) -> Self {
        other.with_dict(|other| {
            self.combined(other, |one, two| if one < two { one } else { two }, true)
        })
    }

    /// `c | d`.
    pub fn counts_or(&self, other: &(impl AsDict<K, V> + ?Sized)) -> Self {
        other.with_dict(|other| {
            self.combined(other, |one, two| if two > one { two } else { one }, false)
        })
    }
}

impl<K: Key + Clone> Dict<K, i64> {
    /// `c.elements()`.
    pub fn elements(&self) -> std::vec::IntoIter<K> {
        let items: Vec<K> = self
            .iter()
            .flat_map(|(key, count)| std::iter::repeat_n(key.clone(), (*count).max(0) as usize))
            .collect();
        items.into_iter()
    }
}

/// Anything that can be read as a dict: owned or shared.
pub trait AsDict<K, V> {
    /// Reads the dict where it is.
    fn with_dict<R>(&self, read: impl FnOnce(&Dict<K, V>) -> R) -> R;
}

impl<K, V> AsDict<K, V> for Dict<K, V> {
    fn with_dict<R>(&self, read: impl FnOnce(&Dict<K, V>) -> R) -> R {
        read(self)
    }
}

impl<K, V> AsDict<K, V> for Shared<Dict<K, V>> {
    fn with_dict<R>(&self, read: impl FnOnce(&Dict<K, V>) -> R) -> R {
        self.with(read)
    }
}

macro_rules! forwarded {
    ($($(#[$note:meta])* $access:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        $(#[$note])*
        pub fn $name(&self $(, $argument: $type)*) $(-> $result)? {
            self.$access(|dict| dict.$name($($argument),*))
        }
    )*};
}

impl<K: Key + Clone, V: Count> Shared<Dict<K, V>> {
    forwarded! {
        /// `c.most_common(count)`.
        with most_common(count: Option<i64>) -> Vec<(K, V)>;
        /// `c.total()`.
        with total() -> V;
        /// `c + d`.
        with counts_plus(other: &(impl AsDict<K, V> + ?Sized)) -> Dict<K, V>;
        /// `c - d`.
        with counts_minus(other: &(impl AsDict<K, V> + ?Sized)) -> Dict<K, V>;
        /// `c & d`.
        with counts_and(other: &(impl AsDict<K, V> + ?Sized)) -> Dict<K, V>;
        /// `c | d`.
        with counts_or(other: &(impl AsDict<K, V> + ?Sized)) -> Dict<K, V>;
    }

    /// A Counter's `c[key]`.
    pub fn count_at<Q: Key + ?Sized>(&self, key: &Q) -> V
    where
        K: Borrow<Q>,
    {
        self.with(|dict| dict.count_at(key))
    }

    /// `c += d`.
    pub fn counts_plus_assign(&self, other: &(impl AsDict<K, V> + ?Sized)) {
        let result = self.counts_plus(other);
        self.with_mut(|dict| *dict = result);
    }

    /// `c -= d`.
    pub fn counts_minus_assign(&self, other: &(impl AsDict<K, V> + ?Sized)) {
        let result = self.counts_minus(other);
        self.with_mut(|dict| *dict = result);
    }

    /// `c &= d`.
    pub fn counts_and_assign(&self, other: &(impl AsDict<K, V> + ?Sized)) {
        let result = self.counts_and(other);
        self.with_mut(|dict| *dict = result);
    }

    /// `c |= d`.
    pub fn counts_or_assign(&self, other: &(impl AsDict<K, V> + ?Sized)) {
        let result = self.counts_or(other);
        self.with_mut(|dict| *dict = result);
    }

    /// `c.update(items)`.
    pub fn count_items(&self, items: impl IntoIterator<Item = K>) {
        let items: Vec<K> = items.into_iter().collect();
        self.with_mut(|dict| dict.count_items(items));
    }

    /// `c.update(counts)`.
    pub fn count_pairs(&self, pairs: impl IntoIterator<Item = (K, V)>) {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        self.with_mut(|dict| dict.count_pairs(pairs));
    }

    /// `c.subtract(items)`.
    pub fn subtract_items(&self, items: impl IntoIterator<Item = K>) {
        let items: Vec<K> = items.into_iter().collect();
        self.with_mut(|dict| dict.subtract_items(items));
    }

    /// `c.subtract(counts)`.
    pub fn subtract_pairs(&self, pairs: impl IntoIterator<Item = (K, V)>) {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        self.with_mut(|dict| dict.subtract_pairs(pairs));
    }
}

impl<K: Key + Clone> Shared<Dict<K, i64>> {
    /// `c.elements()`.
    pub fn elements(&self) -> std::vec::IntoIter<K> {
        self.with(Dict::elements)
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
    use super::*;

    #[test]
    fn texts_are_those_of_cpython() {
        let mut lists: Dict<String, Vec<i64>> = Dict::with_factory(Vec::new, "<class 'list'>");
        lists.at_or_default_mut("a").push(1);
        assert_eq!(lists.repr_text(), "defaultdict(<class 'list'>, {'a': [1]})");
        let letters: Dict<char, i64> = counter("abracadabra".chars());
        assert_eq!(
            letters.repr_text(),
            "Counter({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1})"
        );
        assert_eq!(counter::<i64>([]).repr_text(), "Counter()");
        assert_eq!(Dict::ordered([(1, 2)]).repr_text(), "OrderedDict([(1, 2)])");
        assert_eq!(Dict::<i64, i64>::ordered([]).repr_text(), "OrderedDict()");
    }

    #[test]
    fn counters_count() {
        let one: Dict<i64, i64> = counter([1, 1, 2, 3, 3, 3]);
        let two: Dict<i64, i64> = counter([1, 3, 4]);
        assert_eq!(one.most_common(Some(2)), [(3, 3), (1, 2)]);
        assert_eq!(
            one.counts_plus(&two).repr_text(),
            "Counter({3: 4, 1: 3, 2: 1, 4: 1})"
        );
        assert_eq!(
            one.counts_minus(&two).repr_text(),
            "Counter({3: 2, 1: 1, 2: 1})"
        );
        assert_eq!(one.counts_and(&two).repr_text(), "Counter({1: 1, 3: 1})");
        assert_eq!(
            one.counts_or(&two).repr_text(),
            "Counter({3: 3, 1: 2, 2: 1, 4: 1})"
        );
        assert_eq!(one.elements().collect::<Vec<_>>(), [1, 1, 2, 3, 3, 3]);
        assert_eq!(one.total(), 6);
        let mut less = one.clone();
        less.subtract_items([2, 2]);
        assert_eq!(less.get_or(&2, 0), -1);
    }
}
