//! Python's `itertools`.

use super::errors::raising;
use super::failures::value_error;
use super::truth::Truth;

/// `count(start, step)`.
pub fn count<T: Clone + std::ops::Add<Output = T>>(start: T, step: T) -> impl Iterator<Item = T> {
    std::iter::successors(Some(start), move |last| Some(last.clone() + step.clone()))
}

/// `cycle(items)`.
pub fn cycle<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    let mut items = items.into_iter();
    let mut seen = Vec::new();
    let mut next = 0;
    std::iter::from_fn(move || {
        if let Some(item) = items.next() {
            seen.push(item.clone());
            return Some(item);
        }
        let item: Option<&T> = seen.get(next);
        next = (next + 1) % seen.len().max(1);
        item.cloned()
    })
}

/// `repeat(item, times)`.
pub fn repeat<T: Clone>(item: T, times: Option<i64>) -> impl Iterator<Item = T> {
    let times = times.map_or(usize::MAX, |times| times.max(0) as usize);
    std::iter::repeat_n(item, times)
}

/// `chain(first, second)`.
pub fn chain<T>(
    first: impl IntoIterator<Item = T>,
    second: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    first.into_iter().chain(second)
}

/// `chain.from_iterable(lists)`.
pub fn chain_all<T>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> impl Iterator<Item = T> {
    lists.into_iter().flatten()
}

/// The characters of each text.
pub fn letters(texts: impl IntoIterator<Item = String>) -> impl Iterator<Item = Vec<String>> {
    texts
        .into_iter()
        .map(|text| text.chars().map(String::from).collect())
}

raising! {
    /// `islice(items, start, stop, step)`.
    pub fn islice, try_islice[I: IntoIterator](items: I, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> impl Iterator<Item = I::Item> + use<I> {
        let (start, step) = (start.unwrap_or(0), step.unwrap_or(1));
        if start < 0 || stop.is_some_and(|stop| stop < 0) {
            return Err(value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
        }
        if step < 1 {
            return Err(value_error("Step for islice() must be a positive integer or None."));
        }
        let most = stop.map_or(usize::MAX, |stop| (stop - start).max(0) as usize);
        Ok(items.into_iter().skip(start as usize).take(most).step_by(step as usize))
    }
}

/// `takewhile(function, items)`.
pub fn takewhile<T, R: Truth>(
    function: impl Fn(&T) -> R,
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    items
        .into_iter()
        .take_while(move |item| function(item).truth())
}

/// `dropwhile(function, items)`.
pub fn dropwhile<T, R: Truth>(
    function: impl Fn(&T) -> R,
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    items
        .into_iter()
        .skip_while(move |item| function(item).truth())
}

/// `filterfalse(function, items)`.
pub fn filterfalse<T, R: Truth>(
    function: impl Fn(&T) -> R,
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    items
        .into_iter()
        .filter(move |item| !function(item).truth())
}

/// `compress(items, selectors)`.
pub fn compress<T, S: Truth>(
    items: impl IntoIterator<Item = T>,
    selectors: impl IntoIterator<Item = S>,
) -> impl Iterator<Item = T> {
    items
        .into_iter()
        .zip(selectors)
        .filter(|(_, wanted)| wanted.truth())
        .map(|(item, _)| item)
}

/// Counts through all combinations of digits; the last one runs fastest. None when they are through.
fn advance(digits: &mut [usize], limit: impl Fn(usize) -> usize) -> Option<usize> {
    let place = (0..digits.len())
        .rev()
        .find(|place| digits[*place] + 1 < limit(*place))?;
    digits[place] += 1;
    Some(place)
}

/// `product(*lists)` of lists of one type.
pub fn product_of<T: Clone>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> impl Iterator<Item = Vec<T>> {
    let pools: Vec<Vec<T>> = lists.into_iter().map(Vec::from_iter).collect();
    let mut digits = (!pools.iter().any(Vec::is_empty)).then(|| vec![0; pools.len()]);
    std::iter::from_fn(move || {
        let current = digits.as_mut()?;
        let item = pools
            .iter()
            .zip(&*current)
            .map(|(pool, digit)| pool[*digit].clone())
            .collect();
        match advance(current, |place| pools[place].len()) {
            Some(place) => current[place + 1..].fill(0),
            None => digits = None,
        }
        Some(item)
    })
}

/// `product(items, repeat=times)`.
pub fn product_repeat<T: Clone>(
    items: impl IntoIterator<Item = T>,
    times: i64,
) -> impl Iterator<Item = Vec<T>> {
    product_of(vec![Vec::from_iter(items); times.max(0) as usize])
}

/// `product(a, b)`.
pub fn product2<A: Clone, B: Clone>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
) -> impl Iterator<Item = (A, B)> {
    let b = Vec::from_iter(b);
    Vec::from_iter(a)
        .into_iter()
        .flat_map(move |one| b.clone().into_iter().map(move |two| (one.clone(), two)))
}

/// `product(a, b, c)`.
pub fn product3<A: Clone, B: Clone, C: Clone>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
) -> impl Iterator<Item = (A, B, C)> {
    product2(product2(a, b), c).map(|((a, b), c)| (a, b, c))
}

/// `product(a, b, c, d)`.
pub fn product4<A: Clone, B: Clone, C: Clone, D: Clone>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
    d: impl IntoIterator<Item = D>,
) -> impl Iterator<Item = (A, B, C, D)> {
    product2(product3(a, b, c), d).map(|((a, b, c), d)| (a, b, c, d))
}

/// `permutations(items, length)`.
pub fn permutations<T: Clone>(
    items: impl IntoIterator<Item = T>,
    length: Option<i64>,
) -> impl Iterator<Item = Vec<T>> {
    let pool = Vec::from_iter(items);
    let length = length.map_or(pool.len(), |length| length.max(0) as usize);
    let mut chosen = (length <= pool.len()).then(|| Vec::from_iter(0..length));
    std::iter::from_fn(move || {
        let current = chosen.as_mut()?;
        let item = current.iter().map(|each| pool[*each].clone()).collect();
        // The next larger arrangement of different indices.
        let mut place = length;
        loop {
            if place == 0 {
                chosen = None;
                break;
            }
            place -= 1;
            let after =
                (current[place] + 1..pool.len()).find(|each| !current[..place].contains(each));
            if let Some(index) = after {
                current[place] = index;
                for rest in place + 1..length {
                    let free = (0..pool.len()).find(|each| !current[..rest].contains(each));
                    current[rest] = free.expect("the pool has as many items as places");
                }
                break;
            }
        }
        Some(item)
    })
}

/// `combinations(items, length)`.
pub fn combinations<T: Clone>(
    items: impl IntoIterator<Item = T>,
    length: i64,
) -> impl Iterator<Item = Vec<T>> {
    let pool = Vec::from_iter(items);
    let length = length.max(0) as usize;
    let mut chosen = (length <= pool.len()).then(|| Vec::from_iter(0..length));
    std::iter::from_fn(move || {
        let current = chosen.as_mut()?;
        let item = current.iter().map(|each| pool[*each].clone()).collect();
        match advance(current, |place| pool.len() - (length - 1 - place)) {
            Some(place) => {
                for rest in place + 1..length {
                    current[rest] = current[rest - 1] + 1;
                }
            }
            None => chosen = None,
        }
        Some(item)
    })
}

/// `combinations_with_replacement(items, length)`.
pub fn combinations_with_replacement<T: Clone>(
    items: impl IntoIterator<Item = T>,
    length: i64,
) -> impl Iterator<Item = Vec<T>> {
    let pool = Vec::from_iter(items);
    let length = length.max(0) as usize;
    let mut chosen = (!pool.is_empty() || length == 0).then(|| vec![0; length]);
    std::iter::from_fn(move || {
        let current = chosen.as_mut()?;
        let item = current.iter().map(|each| pool[*each].clone()).collect();
        match advance(current, |_| pool.len()) {
            Some(place) => {
                let digit = current[place];
                current[place + 1..].fill(digit);
            }
            None => chosen = None,
        }
        Some(item)
    })
}

/// A tuple of so many items of one type.
pub trait OfItems<T> {
    /// The tuple of these items, as many as it has.
    fn of_items(items: Vec<T>) -> Self;
}

macro_rules! tuples_of_items {
    ($($length:literal: $($item:ident)+;)*) => {$(
        impl<T> OfItems<T> for ($(tuples_of_items!(@type T $item),)+) {
            fn of_items(items: Vec<T>) -> Self {
                match <[T; $length]>::try_from(items) {
                    Ok([$($item),+]) => ($($item,)+),
                    Err(_) => unreachable!("the arrangement has as many items as the tuple"),
                }
            }
        }
    )*};
    (@type $type:ident $item:ident) => { $type };
}
tuples_of_items! {
    1: a;
    2: a b;
    3: a b c;
    4: a b c d;
    5: a b c d e;
    6: a b c d e f;
    7: a b c d e f g;
    8: a b c d e f g h;
}

/// Arrangements of a known length as tuples.
pub fn tuples<T, U: OfItems<T>>(
    items: impl IntoIterator<Item = Vec<T>>,
) -> impl Iterator<Item = U> {
    items.into_iter().map(U::of_items)
}

/// `accumulate(items, function)`.
pub fn accumulate_by<T: Clone>(
    items: impl IntoIterator<Item = T>,
    function: impl Fn(&T, &T) -> T,
) -> impl Iterator<Item = T> {
    let mut items = items.into_iter();
    let mut total: Option<T> = None;
    std::iter::from_fn(move || {
        let item = items.next()?;
        let next = match &total {
            Some(total) => function(total, &item),
            None => item,
        };
        total = Some(next.clone());
        Some(next)
    })
}

/// `accumulate(items, function, initial=start)`.
pub fn accumulate_from<A: Clone, T>(
    items: impl IntoIterator<Item = T>,
    function: impl Fn(&A, &T) -> A,
    start: A,
) -> impl Iterator<Item = A> {
    let mut items = items.into_iter();
    let mut total: Option<A> = None;
    std::iter::from_fn(move || {
        let next = match &total {
            None => start.clone(),
            Some(total) => function(total, &items.next()?),
        };
        total = Some(next.clone());
        Some(next)
    })
}

/// `accumulate(items)`: running sums.
pub fn accumulate<T: Clone + super::iterate::Summand>(
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    accumulate_by(items, |total, item| {
        T::sum_from(total.clone(), std::iter::once(item.clone()))
    })
}

/// `groupby(items, key)`, each group as a list: the groups can be kept, which Python's cannot.
pub fn groupby<T, K: PartialEq + Clone>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = (K, Vec<T>)> {
    let mut items = items.into_iter().peekable();
    std::iter::from_fn(move || {
        let first = items.next()?;
        let wanted = key(&first);
        let mut group = vec![first];
        while let Some(item) = items.next_if(|item| key(item) == wanted) {
            group.push(item);
        }
        Some((wanted, group))
    })
}

/// `zip_longest(a, b, fillvalue=fill)`.
pub fn zip_longest<T: Clone>(
    a: impl IntoIterator<Item = T>,
    b: impl IntoIterator<Item = T>,
    fill: T,
) -> impl Iterator<Item = (T, T)> {
    zip_longest_or_none(a, b).map(move |(one, two)| {
        (
            one.unwrap_or_else(|| fill.clone()),
            two.unwrap_or_else(|| fill.clone()),
        )
    })
}

/// `zip_longest(a, b)`.
pub fn zip_longest_or_none<A, B>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
) -> impl Iterator<Item = (Option<A>, Option<B>)> {
    let (mut a, mut b) = (a.into_iter().fuse(), b.into_iter().fuse());
    std::iter::from_fn(move || match (a.next(), b.next()) {
        (None, None) => None,
        pair => Some(pair),
    })
}

/// `zip_longest(a, b, c)`.
pub fn zip_longest3_or_none<A, B, C>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
) -> impl Iterator<Item = (Option<A>, Option<B>, Option<C>)> {
    let (mut a, mut b, mut c) = (
        a.into_iter().fuse(),
        b.into_iter().fuse(),
        c.into_iter().fuse(),
    );
    std::iter::from_fn(move || match (a.next(), b.next(), c.next()) {
        (None, None, None) => None,
        triple => Some(triple),
    })
}

/// `zip_longest(a, b, c, fillvalue=fill)`.
pub fn zip_longest3<T: Clone>(
    a: impl IntoIterator<Item = T>,
    b: impl IntoIterator<Item = T>,
    c: impl IntoIterator<Item = T>,
    fill: T,
) -> impl Iterator<Item = (T, T, T)> {
    zip_longest3_or_none(a, b, c).map(move |(one, two, three)| {
        let or_fill = |item: Option<T>| item.unwrap_or_else(|| fill.clone());
        (or_fill(one), or_fill(two), or_fill(three))
    })
}

/// `zip_longest(*lists)`.
pub fn zip_longest_all_or_none<T>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> impl Iterator<Item = Vec<Option<T>>> {
    let mut lists: Vec<_> = lists
        .into_iter()
        .map(|list| list.into_iter().fuse())
        .collect();
    std::iter::from_fn(move || {
        let row: Vec<Option<T>> = lists.iter_mut().map(Iterator::next).collect();
        row.iter().any(Option::is_some).then_some(row)
    })
}

/// `zip_longest(*lists, fillvalue=fill)`.
pub fn zip_longest_all<T: Clone>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    fill: T,
) -> impl Iterator<Item = Vec<T>> {
    zip_longest_all_or_none(lists).map(move |row| {
        row.into_iter()
            .map(|item| item.unwrap_or_else(|| fill.clone()))
            .collect()
    })
}

/// `filterfalse(None, items)`.
pub fn filter_untrue<T: super::truth::Truth>(
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    items.into_iter().filter(|item| !item.truth())
}

/// What two iterators share: the items that one of them has seen and the other has not.
struct Shared<T> {
    items: Box<dyn Iterator<Item = T>>,
    waiting: std::collections::VecDeque<T>,
    /// Which of the two is behind.
    behind: bool,
}

/// `tee(items)`: two iterators of the same items, each asked for once.
pub fn tee<T: Clone + 'static, I>(
    items: I,
) -> (Box<dyn Iterator<Item = T>>, Box<dyn Iterator<Item = T>>)
where
    I: IntoIterator<Item = T>,
    I::IntoIter: 'static,
{
    let shared = std::rc::Rc::new(std::cell::RefCell::new(Shared {
        items: Box::new(items.into_iter()),
        waiting: std::collections::VecDeque::new(),
        behind: false,
    }));
    let half = |second: bool| {
        let shared = shared.clone();
        Box::new(std::iter::from_fn(move || {
            let mut shared = shared.borrow_mut();
            if shared.behind == second
                && let Some(item) = shared.waiting.pop_front()
            {
                return Some(item);
            }
            let item = shared.items.next()?;
            shared.behind = !second;
            shared.waiting.push_back(item.clone());
            Some(item)
        }))
    };
    (half(false), half(true))
}

/// `starmap(function, triples)`.
pub fn starmap3<A, B, C, U>(
    function: impl Fn(&A, &B, &C) -> U,
    triples: impl IntoIterator<Item = (A, B, C)>,
) -> impl Iterator<Item = U> {
    triples
        .into_iter()
        .map(move |(one, two, three)| function(&one, &two, &three))
}

/// `starmap(function, pairs)`.
pub fn starmap<A, B, U>(
    function: impl Fn(&A, &B) -> U,
    pairs: impl IntoIterator<Item = (A, B)>,
) -> impl Iterator<Item = U> {
    pairs
        .into_iter()
        .map(move |(one, two)| function(&one, &two))
}

/// `pairwise(items)`.
pub fn pairwise<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (T, T)> {
    let mut items = items.into_iter();
    let mut last = items.next();
    std::iter::from_fn(move || {
        let next = items.next()?;
        let first = last.replace(next.clone())?;
        Some((first, next))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(items: impl Iterator<Item = Vec<char>>) -> String {
        items.map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn arrangements_come_in_the_order_of_cpython() {
        let abc = || "abc".chars();
        assert_eq!(shown(permutations(abc(), None)), "abc acb bac bca cab cba");
        assert_eq!(shown(permutations(abc(), Some(2))), "ab ac ba bc ca cb");
        assert_eq!(shown(combinations("abcd".chars(), 2)), "ab ac ad bc bd cd");
        assert_eq!(
            shown(combinations_with_replacement(abc(), 2)),
            "aa ab ac bb bc cc"
        );
        assert_eq!(
            shown(product_repeat("ab".chars(), 3)),
            "aaa aab aba abb baa bab bba bbb"
        );
        assert_eq!(
            combinations(abc(), 4).count() + permutations(abc(), Some(4)).count(),
            0
        );
        assert_eq!(
            combinations(abc(), 0).count() + permutations(abc(), Some(0)).count(),
            2
        );
        assert_eq!(product_repeat(abc(), 0).count(), 1);
        assert_eq!(combinations_with_replacement("".chars(), 2).count(), 0);
        assert_eq!(
            product3([1, 2], [3], ['x', 'y']).collect::<Vec<_>>(),
            [(1, 3, 'x'), (1, 3, 'y'), (2, 3, 'x'), (2, 3, 'y')]
        );
    }

    #[test]
    fn streams() {
        assert_eq!(
            islice(count(10, 5), Some(1), Some(6), Some(2)).collect::<Vec<_>>(),
            [15, 25, 35]
        );
        assert_eq!(cycle([1, 2]).take(5).collect::<Vec<_>>(), [1, 2, 1, 2, 1]);
        assert_eq!(cycle(Vec::<i64>::new()).next(), None);
        assert_eq!(accumulate([1, 2, 3]).collect::<Vec<_>>(), [1, 3, 6]);
        assert_eq!(
            accumulate_by([3, 1, 2], |a, b| *a.max(b)).collect::<Vec<_>>(),
            [3, 3, 3]
        );
        assert_eq!(
            groupby([1, 3, 2, 5], |n| n % 2).collect::<Vec<_>>(),
            [(1, vec![1, 3]), (0, vec![2]), (1, vec![5])]
        );
        assert_eq!(pairwise([1, 2, 3]).collect::<Vec<_>>(), [(1, 2), (2, 3)]);
        assert_eq!(
            zip_longest([1, 2], [9], 0).collect::<Vec<_>>(),
            [(1, 9), (2, 0)]
        );
        assert!(try_islice([1], None, Some(-1), None).is_err());
    }
}
