//! Python's own way of matching, for patterns that the `regex` crate does not know or decides in another way: each choice is tried in the
//! order of the pattern, and the last one is taken back first. The choices lie on a stack of their own, so that long texts need no recursion.

use super::parse::{Node, Parsed, Place, Wish};
use super::sets::{Set, is_word, lower};

const NOWHERE: usize = usize::MAX;
/// Counted repeats of groups are written out; a pattern that becomes longer than this is refused.
const LONGEST: usize = 200_000;

#[derive(Debug)]
enum Step {
    One(Set),
    /// A repeat of one character.
    Many(Set, usize, usize, Wish),
    /// Go on at the first place; if that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    Mark(usize),
    /// A loop begins.
    Enter(usize),
    /// Another round of a loop, or out of it.
    Round {
        slot: usize,
        out: usize,
    },
    /// Out of a loop, or another round of it, which begins behind this step.
    LazyRound {
        slot: usize,
        out: usize,
    },
    Reference(usize, bool),
    /// What follows up to a place must fit, or must not; `back` characters before, or ahead.
    Look {
        negated: bool,
        back: usize,
        after: usize,
    },
    Atomic {
        after: usize,
    },
    Condition {
        group: usize,
        otherwise: usize,
    },
    At(Place),
    Done,
}

/// A pattern, ready to be matched.
pub(super) struct Machine {
    steps: Vec<Step>,
    pub(super) groups: usize,
    loops: usize,
}

/// How a match must lie.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    Anywhere,
    AtStart,
    Whole,
}

impl Machine {
    /// None when the pattern is too long once its repeats are written out.
    pub(super) fn new(parsed: &Parsed) -> Option<Self> {
        let mut machine = Machine {
            steps: Vec::new(),
            groups: parsed.groups,
            loops: 0,
        };
        machine.add(&parsed.node)?;
        machine.steps.push(Step::Done);
        Some(machine)
    }

    fn add(&mut self, node: &Node) -> Option<()> {
        if self.steps.len() > LONGEST {
            return None;
        }
        match node {
            Node::One(set) => self.steps.push(Step::One(set.clone())),
            Node::Sequence(items) => {
                for item in items {
                    self.add(item)?;
                }
            }
            Node::Branch(items) => {
                let mut ends = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    if index + 1 == items.len() {
                        self.add(item)?;
                        break;
                    }
                    let split = self.steps.len();
                    self.steps.push(Step::Split(split + 1, NOWHERE));
                    self.add(item)?;
                    ends.push(self.steps.len());
                    self.steps.push(Step::Jump(NOWHERE));
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                for end in ends {
                    self.steps[end] = Step::Jump(self.steps.len());
                }
            }
            Node::Group(None, body) => self.add(body)?,
            Node::Group(Some(number), body) => {
                self.steps.push(Step::Mark(2 * number));
                self.add(body)?;
                self.steps.push(Step::Mark(2 * number + 1));
            }
            Node::Repeat(body, least, most, wish) => self.repeat(body, *least, *most, *wish)?,
            Node::Atomic(body) => self.inside(|after| Step::Atomic { after }, body)?,
            Node::Ahead(negated, body) => {
                self.inside(
                    |after| Step::Look {
                        negated: *negated,
                        back: 0,
                        after,
                    },
                    body,
                )?;
            }
            Node::Behind(negated, width, body) => {
                self.inside(
                    |after| Step::Look {
                        negated: *negated,
                        back: *width,
                        after,
                    },
                    body,
                )?;
            }
            Node::Reference(number, ignores_case) => {
                self.steps.push(Step::Reference(*number, *ignores_case))
            }
            Node::Condition(group, yes, no) => {
                let at = self.steps.len();
                self.steps.push(Step::Done);
                self.add(yes)?;
                let end = self.steps.len();
                self.steps.push(Step::Done);
                self.steps[at] = Step::Condition {
                    group: *group,
                    otherwise: self.steps.len(),
                };
                self.add(no)?;
                self.steps[end] = Step::Jump(self.steps.len());
            }
            Node::At(place) => self.steps.push(Step::At(*place)),
        }
        Some(())
    }

    /// A part that is matched by itself.
    fn inside(&mut self, step: impl Fn(usize) -> Step, body: &Node) -> Option<()> {
        let at = self.steps.len();
        self.steps.push(Step::Done);
        self.add(body)?;
        self.steps.push(Step::Done);
        self.steps[at] = step(self.steps.len());
        Some(())
    }

    fn repeat(&mut self, body: &Node, least: usize, most: Option<usize>, wish: Wish) -> Option<()> {
        if let Node::One(set) = body {
            self.steps.push(Step::Many(
                set.clone(),
                least,
                most.unwrap_or(usize::MAX),
                wish,
            ));
            return Some(());
        }
        if wish == Wish::Possessive {
            let greedy = Node::Repeat(Box::new(body.clone()), least, most, Wish::Most);
            return self.inside(|after| Step::Atomic { after }, &greedy);
        }
        for _ in 0..least {
            self.add(body)?;
        }
        let slot = self.loops;
        self.loops += 1;
        self.steps.push(Step::Enter(slot));
        let mut rounds = Vec::new();
        match most {
            None => {
                let round = self.steps.len();
                rounds.push(round);
                self.steps.push(Step::Done);
                self.add(body)?;
                self.steps.push(Step::Jump(round));
            }
            Some(most) => {
                for _ in least..most {
                    rounds.push(self.steps.len());
                    self.steps.push(Step::Done);
                    self.add(body)?;
                }
            }
        }
        let out = self.steps.len();
        for round in rounds {
            self.steps[round] = if wish == Wish::Most {
                Step::Round { slot, out }
            } else {
                Step::LazyRound { slot, out }
            };
        }
        Some(())
    }

    /// The first match at or behind a place: the places where the whole and each group begin and end. `advancing`: it may not be empty
    /// at that very place.
    pub(super) fn find(
        &self,
        text: &[char],
        start: usize,
        end: usize,
        way: Way,
        advancing: bool,
    ) -> Option<Vec<usize>> {
        let last = if way == Way::Anywhere { end } else { start };
        let mut run = Run {
            steps: &self.steps,
            text: &text[..end],
            marks: vec![NOWHERE; 2 * self.groups + 2],
            loops: vec![NOWHERE; self.loops],
            choices: Vec::new(),
        };
        for from in start..=last {
            if let Some(Step::One(set)) = self.steps.first()
                && !run.text.get(from).is_some_and(|each| set.fits(*each))
            {
                continue;
            }
            run.marks.fill(NOWHERE);
            run.choices.clear();
            let accepts = |to: usize| {
                (way != Way::Whole || to == end) && !(advancing && from == start && to == start)
            };
            if let Some(to) = run.go(0, from, &accepts) {
                run.marks[0] = from;
                run.marks[1] = to;
                return Some(run.marks);
            }
        }
        None
    }
}

/// What can be taken back.
enum Choice {
    /// Go on at another step.
    Other {
        step: usize,
        at: usize,
    },
    /// One character less of a repeat.
    Shorter {
        step: usize,
        least: usize,
        at: usize,
    },
    /// One character more of a repeat.
    Longer {
        step: usize,
        at: usize,
        most: usize,
    },
    /// Another round of a lazy loop.
    Another {
        slot: usize,
        step: usize,
        at: usize,
    },
    Mark {
        slot: usize,
        before: usize,
    },
    Loop {
        slot: usize,
        before: usize,
    },
}

struct Run<'a> {
    steps: &'a [Step],
    text: &'a [char],
    marks: Vec<usize>,
    loops: Vec<usize>,
    choices: Vec<Choice>,
}

impl Run<'_> {
    fn mark(&mut self, slot: usize, place: usize) {
        let before = std::mem::replace(&mut self.marks[slot], place);
        self.choices.push(Choice::Mark { slot, before });
    }

    fn enter(&mut self, slot: usize, place: usize) {
        let before = std::mem::replace(&mut self.loops[slot], place);
        self.choices.push(Choice::Loop { slot, before });
    }

    /// Match from a step on; where the text is left, if it fits.
    fn go(&mut self, step: usize, at: usize, accepts: &dyn Fn(usize) -> bool) -> Option<usize> {
        let bottom = self.choices.len();
        let (mut step, mut at) = (step, at);
        loop {
            let fits = match &self.steps[step] {
                Step::One(set) => {
                    let fits = self.text.get(at).is_some_and(|each| set.fits(*each));
                    (step, at) = (step + 1, at + usize::from(fits));
                    fits
                }
                Step::Many(set, least, most, wish) => {
                    let wanted = if *wish == Wish::Least { *least } else { *most };
                    let found = self.text[at..]
                        .iter()
                        .take(wanted)
                        .take_while(|each| set.fits(**each))
                        .count();
                    match wish {
                        Wish::Most if found > *least => {
                            self.choices.push(Choice::Shorter {
                                step: step + 1,
                                least: at + least,
                                at: at + found,
                            });
                        }
                        Wish::Least if *most > *least => {
                            self.choices.push(Choice::Longer {
                                step,
                                at: at + found,
                                most: most - least,
                            });
                        }
                        _ => {}
                    }
                    (step, at) = (step + 1, at + found);
                    found >= *least
                }
                Step::Split(first, second) => {
                    self.choices.push(Choice::Other { step: *second, at });
                    step = *first;
                    true
                }
                Step::Jump(place) => {
                    step = *place;
                    true
                }
                Step::Mark(slot) => {
                    self.mark(*slot, at);
                    step += 1;
                    true
                }
                Step::Enter(slot) => {
                    self.enter(*slot, NOWHERE);
                    step += 1;
                    true
                }
                Step::Round { slot, out } => {
                    if self.loops[*slot] == at {
                        // The last round fitted nothing: another one would, too.
                        step = *out;
                    } else {
                        self.choices.push(Choice::Other { step: *out, at });
                        self.enter(*slot, at);
                        step += 1;
                    }
                    true
                }
                Step::LazyRound { slot, out } => {
                    self.choices.push(Choice::Another {
                        slot: *slot,
                        step: step + 1,
                        at,
                    });
                    step = *out;
                    true
                }
                Step::Reference(number, ignores_case) => {
                    let (from, to) = (self.marks[2 * number], self.marks[2 * number + 1]);
                    let fits = from != NOWHERE && to != NOWHERE && {
                        let held = &self.text[from..to];
                        let here = self.text.get(at..at + held.len());
                        here.is_some_and(|here| {
                            held == here
                                || (*ignores_case
                                    && held
                                        .iter()
                                        .zip(here)
                                        .all(|(one, other)| lower(*one) == lower(*other)))
                        })
                    };
                    if fits {
                        at += to - from;
                        step += 1;
                    }
                    fits
                }
                Step::Look {
                    negated,
                    back,
                    after,
                } => {
                    let (negated, after) = (*negated, *after);
                    let before = self.choices.len();
                    let found = at >= *back && {
                        let start = at - back;
                        self.go(step + 1, start, &|_| true).is_some()
                    };
                    if negated {
                        self.take_back(before);
                    } else {
                        self.settle(before);
                    }
                    step = after;
                    found != negated
                }
                Step::Atomic { after } => {
                    let after = *after;
                    let before = self.choices.len();
                    let found = self.go(step + 1, at, &|_| true);
                    self.settle(before);
                    step = after;
                    at = found.unwrap_or(at);
                    found.is_some()
                }
                Step::Condition { group, otherwise } => {
                    let took_part = self
                        .marks
                        .get(2 * group + 1)
                        .is_some_and(|each| *each != NOWHERE);
                    step = if took_part { step + 1 } else { *otherwise };
                    true
                }
                Step::At(place) => {
                    step += 1;
                    self.holds(*place, at)
                }
                Step::Done => {
                    if accepts(at) {
                        return Some(at);
                    }
                    false
                }
            };
            if !fits {
                (step, at) = self.another(bottom)?;
            }
        }
    }

    /// Take back what was chosen last; where to go on.
    fn another(&mut self, bottom: usize) -> Option<(usize, usize)> {
        while self.choices.len() > bottom {
            match self.choices.pop()? {
                Choice::Other { step, at } => return Some((step, at)),
                Choice::Shorter { step, least, at } => {
                    if at - 1 > least {
                        self.choices.push(Choice::Shorter {
                            step,
                            least,
                            at: at - 1,
                        });
                    }
                    return Some((step, at - 1));
                }
                Choice::Longer { step, at, most } => {
                    let Step::Many(set, ..) = &self.steps[step] else {
                        continue;
                    };
                    if self.text.get(at).is_some_and(|each| set.fits(*each)) {
                        if most > 1 {
                            self.choices.push(Choice::Longer {
                                step,
                                at: at + 1,
                                most: most - 1,
                            });
                        }
                        return Some((step + 1, at + 1));
                    }
                }
                Choice::Another { slot, step, at } => {
                    if self.loops[slot] != at {
                        self.enter(slot, at);
                        return Some((step, at));
                    }
                }
                Choice::Mark { slot, before } => self.marks[slot] = before,
                Choice::Loop { slot, before } => self.loops[slot] = before,
            }
        }
        None
    }

    /// Undo everything that was noted since.
    fn take_back(&mut self, bottom: usize) {
        while self.choices.len() > bottom {
            match self.choices.pop() {
                Some(Choice::Mark { slot, before }) => self.marks[slot] = before,
                Some(Choice::Loop { slot, before }) => self.loops[slot] = before,
                _ => {}
            }
        }
    }

    /// Forget the choices since, but not what must be undone when an earlier one is taken back.
    fn settle(&mut self, bottom: usize) {
        let noted = self.choices.split_off(bottom);
        self.choices.extend(
            noted
                .into_iter()
                .filter(|each| matches!(each, Choice::Mark { .. } | Choice::Loop { .. })),
        );
    }

    fn holds(&self, place: Place, at: usize) -> bool {
        let end = self.text.len();
        match place {
            Place::Start => at == 0,
            Place::LineStart => at == 0 || self.text[at - 1] == '\n',
            Place::End => at == end,
            Place::Dollar => at == end || (at + 1 == end && self.text[at] == '\n'),
            Place::LineEnd => at == end || self.text[at] == '\n',
            Place::Boundary { negated, ascii } => {
                let word = |place: usize| {
                    self.text
                        .get(place)
                        .is_some_and(|each| is_word(*each, ascii))
                };
                let before = at > 0 && word(at - 1);
                end > 0 && (before != word(at)) != negated
            }
        }
    }
}
