//! The hash table of a set, laid out as CPython lays it out: the order in which a set is iterated follows from it.

use super::key::Key;

/// How many neighbours are tried before the search jumps.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
const SMALLEST_TABLE: usize = 8;
/// Above this size the table doubles instead of growing fourfold.
const LARGE: usize = 50_000;

#[derive(Clone)]
pub(super) enum Place<T> {
    Free,
    Deleted,
    Filled(i64, T),
}

#[derive(Clone)]
pub(super) struct Table<T> {
    pub(super) places: Vec<Place<T>>,
    /// Filled and deleted places.
    fill: usize,
    pub(super) used: usize,
    /// Where the next `pop` starts to look.
    finger: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            places: free_places(SMALLEST_TABLE),
            fill: 0,
            used: 0,
            finger: 0,
        }
    }
}

fn free_places<T>(count: usize) -> Vec<Place<T>> {
    (0..count).map(|_| Place::Free).collect()
}

/// The places at which a hash is looked for, in order, without end.
struct Probes {
    mask: usize,
    position: usize,
    perturb: u64,
    neighbour: usize,
    neighbours: usize,
}

impl Probes {
    fn new(hash: i64, mask: usize) -> Self {
        let position = hash as usize & mask;
        Probes {
            mask,
            position,
            perturb: hash as u64,
            neighbour: 0,
            neighbours: neighbours(position, mask),
        }
    }

    fn next(&mut self) -> usize {
        if self.neighbour > self.neighbours {
            self.perturb >>= PERTURB_SHIFT;
            self.position = self
                .position
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(self.perturb as usize)
                & self.mask;
            self.neighbour = 0;
            self.neighbours = neighbours(self.position, self.mask);
        }
        self.neighbour += 1;
        self.position + self.neighbour - 1
    }
}

/// Neighbours are only tried where the whole row of them fits.
fn neighbours(position: usize, mask: usize) -> usize {
    if position + LINEAR_PROBES <= mask {
        LINEAR_PROBES
    } else {
        0
    }
}

impl<T> Table<T> {
    fn mask(&self) -> usize {
        self.places.len() - 1
    }

    /// The items in the order of the table.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, &T)> {
        self.places.iter().filter_map(|place| match place {
            Place::Filled(hash, item) => Some((*hash, item)),
            _ => None,
        })
    }

    /// The place of an item with this hash for which `fits` holds.
    pub(super) fn find(&self, hash: i64, mut fits: impl FnMut(&T) -> bool) -> Option<usize> {
        let mut probes = Probes::new(hash, self.mask());
        loop {
            let position = probes.next();
            match &self.places[position] {
                Place::Free => return None,
                Place::Filled(found, item) if *found == hash && fits(item) => {
                    return Some(position);
                }
                _ => {}
            }
        }
    }

    fn insert_clean(places: &mut [Place<T>], hash: i64, item: T) {
        let mut probes = Probes::new(hash, places.len() - 1);
        loop {
            let position = probes.next();
            if matches!(places[position], Place::Free) {
                places[position] = Place::Filled(hash, item);
                return;
            }
        }
    }

    fn resize(&mut self, at_least: usize) {
        let mut size = SMALLEST_TABLE;
        while size <= at_least {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.places, free_places(size));
        for place in old {
            if let Place::Filled(hash, item) = place {
                Self::insert_clean(&mut self.places, hash, item);
            }
        }
        self.fill = self.used;
    }

    fn growth(&self) -> usize {
        if self.used > LARGE {
            self.used * 2
        } else {
            self.used * 4
        }
    }

    /// Makes room before many items come at once.
    pub(super) fn reserve(&mut self, count: usize) {
        if (self.fill + count) * 5 >= self.mask() * 3 {
            self.resize((self.used + count) * 2);
        }
    }

    /// Frees the place of an item.
    pub(super) fn remove(&mut self, position: usize) -> Option<T> {
        self.used -= 1;
        match std::mem::replace(&mut self.places[position], Place::Deleted) {
            Place::Filled(_, item) => Some(item),
            _ => None,
        }
    }

    /// After many removals: a table of which more than a quarter are deleted places is made anew.
    pub(super) fn tidy(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(self.growth());
        }
    }

    /// The item that `pop` takes.
    pub(super) fn pop(&mut self) -> Option<T> {
        if self.used == 0 {
            return None;
        }
        let mask = self.mask();
        let mut position = self.finger & mask;
        while !matches!(self.places[position], Place::Filled(..)) {
            position = if position == mask { 0 } else { position + 1 };
        }
        self.finger = position + 1;
        self.remove(position)
    }
}

impl<T: Key> Table<T> {
    /// Adds an item; false where it was there.
    pub(super) fn add(&mut self, hash: i64, item: T) -> bool {
        let mut probes = Probes::new(hash, self.mask());
        let mut deleted = None;
        loop {
            let position = probes.next();
            match &self.places[position] {
                Place::Free => {
                    if let Some(position) = deleted {
                        self.places[position] = Place::Filled(hash, item);
                        self.used += 1;
                        return true;
                    }
                    self.places[position] = Place::Filled(hash, item);
                    self.fill += 1;
                    self.used += 1;
                    if self.fill * 5 >= self.mask() * 3 {
                        self.resize(self.growth());
                    }
                    return true;
                }
                Place::Filled(found, other) if *found == hash && other.same_key(&item) => {
                    return false;
                }
                // CPython takes the last deleted place that it met.
                Place::Deleted => deleted = Some(position),
                _ => {}
            }
        }
    }
}

impl<T: Key + Clone> Table<T> {
    /// Adds all items of another set.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.used == 0 {
            return;
        }
        self.reserve(other.used);
        if self.fill == 0 && self.places.len() == other.places.len() && other.fill == other.used {
            self.places = other.places.clone();
            self.fill = other.fill;
            self.used = other.used;
        } else if self.fill == 0 {
            for (hash, item) in other.iter() {
                Self::insert_clean(&mut self.places, hash, item.clone());
            }
            self.fill = other.used;
            self.used = other.used;
        } else {
            for (hash, item) in other.iter() {
                self.add(hash, item.clone());
            }
        }
    }
}
