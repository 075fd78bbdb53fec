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

impl Plain for Date {
    const CLASS: &'static str = "date";
    const IN_MESSAGES: &'static str = "datetime.date";

    fn formatted(&self, spec: &str) -> Result<String, Exception> {
        self.try_format_text(spec)
    }

    fn order(&self, other: &Value) -> Option<Option<Ordering>> {
        other
            .try_object::<Date>()
            .map(|other| self.partial_cmp(&other))
    }

    fn arithmetic(&self, operator: &str, other: &Value, swapped: bool) -> Outcome {
        let span = other.try_object::<TimeDelta>();
        match (operator, span) {
            ("+", Some(span)) => made(self.try_plus(span)),
            ("-", Some(span)) if !swapped => made(self.try_minus(span)),
            ("-", None) if !swapped => {
                let other = other.try_object::<Date>()?;
                made(Ok(self.since(other)))
            }
            _ => None,
        }
    }
}

impl Plain for DateTime {
    const CLASS: &'static str = "datetime";
    const IN_MESSAGES: &'static str = "datetime.datetime";

    fn formatted(&self, spec: &str) -> Result<String, Exception> {
        self.try_format_text(spec)
    }

    fn order(&self, other: &Value) -> Option<Option<Ordering>> {
        other
            .try_object::<DateTime>()
            .map(|other| self.partial_cmp(&other))
    }

    fn arithmetic(&self, operator: &str, other: &Value, swapped: bool) -> Outcome {
        let span = other.try_object::<TimeDelta>();
        match (operator, span) {
            ("+", Some(span)) => made(self.try_plus(span)),
            ("-", Some(span)) if !swapped => made(self.try_minus(span)),
            ("-", None) if !swapped => {
                let other = other.try_object::<DateTime>()?;
                made(self.try_since(other))
            }
            _ => None,
        }
    }
}

impl Plain for Time {
    const CLASS: &'static str = "time";
    const IN_MESSAGES: &'static str = "datetime.time";

    fn formatted(&self, spec: &str) -> Result<String, Exception> {
        self.try_format_text(spec)
    }

    fn order(&self, other: &Value) -> Option<Option<Ordering>> {
        other
            .try_object::<Time>()
            .map(|other| self.partial_cmp(&other))
    }

    fn arithmetic(&self, _operator: &str, _other: &Value, _swapped: bool) -> Outcome {
        None
    }
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
