//! Values made of what has a type: a new list, dict or set each time, for what is made here belongs to nobody else yet.

use std::rc::Rc;

use super::super::dict::Dict;
use super::super::key::Key;
use super::super::num::Num;
use super::super::set::Set;
use super::super::shared::Shared;
use super::Value;

impl Value {
    /// A new list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Shared::new(items.into_iter().collect()))
    }

    /// A tuple.
    pub fn tuple(items: impl IntoIterator<Item = impl Into<Value>>) -> Value {
        Value::Tuple(items.into_iter().map(Into::into).collect())
    }

    /// A new dict.
    pub fn dict(pairs: impl IntoIterator<Item = (Value, Value)>) -> Value {
        Value::Dict(Shared::new(Dict::from_pairs(pairs)))
    }

    /// A new set.
    pub fn set(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Set(Shared::new(items.into_iter().collect()))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Str(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Str(value.to_string())
    }
}

impl From<Num> for Value {
    fn from(value: Num) -> Value {
        match value {
            Num::Int(value) => Value::Int(value),
            Num::Float(value) => Value::Float(value),
        }
    }
}

/// An int of any size has its place among values as far as `i64` goes.
#[cfg(feature = "bigint")]
impl From<super::super::bigint::BigInt> for Value {
    fn from(value: super::super::bigint::BigInt) -> Value {
        match value.try_to_i64() {
            Ok(value) => Value::Int(value),
            Err(_) => super::super::program::integer_overflow(),
        }
    }
}

impl From<()> for Value {
    fn from((): ()) -> Value {
        Value::None
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::None, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::list(items.into_iter().map(Into::into))
    }
}

impl<K: Key + Into<Value>, V: Into<Value>> From<Dict<K, V>> for Value {
    fn from(pairs: Dict<K, V>) -> Value {
        Value::dict(
            pairs
                .into_iter()
                .map(|(key, value)| (key.into(), value.into())),
        )
    }
}

impl<T: Key + Into<Value>> From<Set<T>> for Value {
    fn from(items: Set<T>) -> Value {
        Value::set(items.into_iter().map(Into::into))
    }
}

macro_rules! tuples {
    ($(($($letter:ident $place:tt),+))*) => {$(
        impl<$($letter: Into<Value>),+> From<($($letter,)+)> for Value {
            fn from(items: ($($letter,)+)) -> Value {
                Value::Tuple(Rc::from([$(items.$place.into()),+]))
            }
        }
    )*};
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
