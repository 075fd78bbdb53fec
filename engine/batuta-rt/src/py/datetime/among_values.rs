//! Dates, moments and the time between them among values of other types.

use std::cmp::Ordering;

use super::super::Plain;
use super::super::Value;
use super::super::deep_copy::{DeepContent, DeepCopy};
use super::super::errors::Exception;
use super::super::format::Format;
use super::super::num::Num;
use super::{Date, DateTime, Time, TimeDelta};

type Outcome = Option<Result<Value, Exception>>;

fn made<T: Into<Value>>(found: Result<T, Exception>) -> Outcome {
    Some(found.map(Into::into))
}

macro_rules! values {
    ($($type:ty)*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Value {
                Value::plain(value)
            }
        }

        impl DeepCopy for $type {
            fn deep_copy(&self) -> $type {
                *self
            }
        }

        impl DeepContent for $type {
            type Content = $type;
            fn deep_content(&self) -> $type {
                *self
            }
        }
    )*};
}
values!(Date DateTime Time TimeDelta);

/// An int or float beside the time between two moments.
fn number_of(value: &Value) -> Option<Num> {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => value.try_as_num().ok(),
        _ => None,
    }
}

/// What dates, moments and times of day are among values; the first two move by a span of time, and two of them are a span apart.
macro_rules! moments {
    ($($type:ident $class:literal $in_messages:literal $(, $own:ident, $other:ident: $between:expr)?;)*) => {$(
        impl Plain for $type {
            const CLASS: &'static str = $class;
            const IN_MESSAGES: &'static str = $in_messages;

            fn formatted(&self, spec: &str) -> Result<String, Exception> {
                self.try_format_text(spec)
            }

            fn order(&self, other: &Value) -> Option<Option<Ordering>> {
                let other = other.try_object::<$type>()?;
                Some(self.partial_cmp(&other))
            }

            $(fn arithmetic(&self, operator: &str, other: &Value, swapped: bool) -> Outcome {
                match (operator, other.try_object::<TimeDelta>()) {
                    ("+", Some(span)) => made(self.try_plus(span)),
                    ("-", Some(span)) if !swapped => made(self.try_minus(span)),
                    ("-", None) if !swapped => {
                        let ($own, $other) = (self, other.try_object::<$type>()?);
                        made($between)
                    }
                    _ => None,
                }
            })?
        }
    )*};
}
moments! {
    Date "date" "datetime.date", date, other: Ok(date.since(other));
    DateTime "datetime" "datetime.datetime", moment, other: moment.try_since(other);
    Time "time" "datetime.time";
}

impl Plain for TimeDelta {
    const CLASS: &'static str = "timedelta";
    const IN_MESSAGES: &'static str = "datetime.timedelta";

    fn order(&self, other: &Value) -> Option<Option<Ordering>> {
        other
            .try_object::<TimeDelta>()
            .map(|other| self.partial_cmp(&other))
    }

    fn arithmetic(&self, operator: &str, other: &Value, swapped: bool) -> Outcome {
        if let Some(number) = number_of(other) {
            return match (operator, number) {
                ("*", Num::Int(count)) => made(self.try_times(count)),
                ("*", Num::Float(factor)) => made(self.try_scaled(factor)),
                ("/", Num::Int(count)) if !swapped => made(self.try_shared(count)),
                ("//", Num::Int(count)) if !swapped => made(self.try_floor_shared(count)),
                _ => None,
            };
        }
        let other = other.try_object::<TimeDelta>()?;
        match operator {
            _ if swapped => None,
            "+" => made(self.try_plus(other)),
            "-" => made(self.try_minus(other)),
            "/" => made(self.try_ratio(other)),
            "//" => made(self.try_floor_ratio(other)),
            "%" => made(self.try_rest(other)),
            _ => None,
        }
    }

    fn absolute_value(&self) -> Outcome {
        made(Ok(self.absolute()))
    }

    fn negated_value(&self) -> Outcome {
        made(self.try_negated())
    }
}
