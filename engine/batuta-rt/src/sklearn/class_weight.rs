//! `class_weight=`: how much the rows of each class count.

use super::parameters::{Given, Param, ParamType};
use super::target::Target;
use crate::py::{Dict, Key, Shared};

/// How much the rows of each class count.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ClassWeight {
    /// All alike.
    #[default]
    Equal,
    /// By a rule: `balanced`, `balanced_subsample`.
    Named(String),
    /// These; classes that are not named count once.
    Given(Vec<(Param, Param)>),
}

impl ClassWeight {
    /// The weights that a program gives.
    pub fn given(weights: &impl WeightTable) -> Self {
        ClassWeight::Given(weights.pairs_of())
    }

    /// The rule of this name, if that is what was given.
    pub fn rule(&self) -> Option<&str> {
        match self {
            ClassWeight::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether all rows count alike.
    pub fn is_equal(&self) -> bool {
        *self == ClassWeight::Equal
    }
}

/// A dict of weights.
pub trait WeightTable {
    /// Its entries.
    fn pairs_of(&self) -> Vec<(Param, Param)>;
}

impl<K: Key + Clone + Into<Param>, V: Clone + Into<Param>> WeightTable for Dict<K, V> {
    fn pairs_of(&self) -> Vec<(Param, Param)> {
        self.iter()
            .map(|(key, value)| (key.clone().into(), value.clone().into()))
            .collect()
    }
}

impl<T: WeightTable> WeightTable for Shared<T> {
    fn pairs_of(&self) -> Vec<(Param, Param)> {
        self.with(WeightTable::pairs_of)
    }
}

impl From<Option<String>> for ClassWeight {
    fn from(name: Option<String>) -> Self {
        name.map_or(ClassWeight::Equal, ClassWeight::Named)
    }
}

impl Given<ClassWeight> for Option<String> {
    fn value(self) -> ClassWeight {
        ClassWeight::from(self)
    }
}

impl Given<ClassWeight> for String {
    fn value(self) -> ClassWeight {
        ClassWeight::Named(self)
    }
}

impl Given<ClassWeight> for &str {
    fn value(self) -> ClassWeight {
        ClassWeight::Named(self.to_string())
    }
}

impl ParamType for ClassWeight {
    fn to_param(&self) -> Param {
        match self {
            ClassWeight::Equal => Param::Nothing,
            ClassWeight::Named(name) => Param::Text(name.clone()),
            ClassWeight::Given(pairs) => {
                let shown: Vec<String> = pairs
                    .iter()
                    .map(|(key, value)| format!("{}: {}", key.python(), value.python()))
                    .collect();
                Param::Other(format!("{{{}}}", shown.join(", ")))
            }
        }
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Nothing => Some(ClassWeight::Equal),
            Param::Text(name) => Some(ClassWeight::Named(name.clone())),
            _ => None,
        }
    }
}

/// The class as a parameter's value, to find it among the keys of a dict.
fn is_class(key: &Param, classes: &Target, at: usize) -> bool {
    match (key, classes) {
        (Param::Text(key), Target::Text(values)) => *key == values[at],
        (Param::Bool(key), Target::Bool(values)) => *key == values[at],
        (key, Target::Int(values)) => f64::from_param(key) == Some(values[at] as f64),
        (key, Target::Float(values)) => f64::from_param(key) == Some(values[at]),
        _ => false,
    }
}

/// The weight of each row.
pub fn class_weights(kind: &ClassWeight, codes: &[usize], classes: &Target) -> Vec<f64> {
    match kind {
        ClassWeight::Given(pairs) => {
            let of_class: Vec<f64> = (0..classes.length().unwrap_or(0))
                .map(|at| {
                    let found = pairs.iter().find(|(key, _)| is_class(key, classes, at));
                    found
                        .and_then(|(_, weight)| f64::from_param(weight))
                        .unwrap_or(1.0)
                })
                .collect();
            codes.iter().map(|&code| of_class[code]).collect()
        }
        ClassWeight::Named(name) if name == "balanced" => {
            balanced(codes, classes.length().unwrap_or(0))
        }
        _ => vec![1.0; codes.len()],
    }
}

/// The weight of each row by its class and its own, or None where all count the same.
pub fn row_weights(
    kind: &ClassWeight,
    (codes, classes): (&[usize], &Target),
    own: Option<&[f64]>,
) -> Option<Vec<f64>> {
    if kind.is_equal() {
        return own.map(<[f64]>::to_vec);
    }
    let mut weights = class_weights(kind, codes, classes);
    for (weight, own) in weights.iter_mut().zip(own.into_iter().flatten()) {
        *weight *= own;
    }
    Some(weights)
}

/// The weight of each row so that all classes count alike.
pub fn balanced(codes: &[usize], classes: usize) -> Vec<f64> {
    let mut counts = vec![0.0; classes];
    for &code in codes {
        counts[code] += 1.0;
    }
    codes
        .iter()
        .map(|&code| codes.len() as f64 / (classes as f64 * counts[code]))
        .collect()
}
