//! The operators of values: arithmetic, comparisons, equality.

use std::cmp::Ordering;

use super::super::arithmetic::{Number, TrueDivision, in_range, try_shift_left, try_shift_right};
use super::super::errors::{Exception, OrThrow};
use super::super::failures::type_error;
use super::super::num::Num;
use super::Value;

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Str(one), Value::Str(two)) => one == two,
            (Value::List(one), Value::List(two)) => one == two,
            (Value::Tuple(one), Value::Tuple(two)) => one == two,
            (Value::Dict(one), Value::Dict(two)) => one == two,
            (Value::Set(one), Value::Set(two)) => one == two,
            (Value::Function(one), Value::Function(two)) => one.same(two),
            (Value::Object(one), _) => one.equal_to(other),
            (_, Value::Object(two)) => two.equal_to(self),
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one == two,
                _ => false,
            },
        }
    }
}

impl PartialOrd for Value {
    /// The order of two values. Throws `TypeError` where Python has none.
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Str(one), Value::Str(two)) => one.partial_cmp(two),
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one.partial_cmp(&two),
                _ => order(self, other),
            },
        }
    }

    /// What `max` asks, which a TypeError names.
    fn gt(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Str(one), Value::Str(two)) => one > two,
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one > two,
                _ => value_compare(">", self, other),
            },
        }
    }
}

fn order(one: &Value, two: &Value) -> Option<Ordering> {
    if value_compare("<", one, two) {
        return Some(Ordering::Less);
    }
    if one == two {
        return Some(Ordering::Equal);
    }
    value_compare("<", two, one).then_some(Ordering::Greater)
}

impl super::super::iterate::Summand for Value {
    fn sum_from(start: Value, items: impl Iterator<Item = Value>) -> Value {
        items.fold(start, |total, item| value_arithmetic("+", &total, &item))
    }

    fn zero() -> Value {
        Value::Int(0)
    }
}

impl super::super::math::Product for Value {
    fn times(self, other: Value) -> Value {
        value_arithmetic("*", &self, &other)
    }
}

fn repeated(text: &str, count: i64) -> Value {
    Value::Str(text.repeat(usize::try_from(count).unwrap_or(0)))
}

fn times(items: &[Value], count: i64) -> Vec<Value> {
    let mut result = Vec::new();
    for _ in 0..count {
        result.extend_from_slice(items);
    }
    result
}

fn no_operation(operator: &str, left: &Value, right: &Value) -> Exception {
    let shown = if operator == "**" {
        "** or pow()"
    } else {
        operator
    };
    type_error(format!(
        "unsupported operand type(s) for {shown}: '{}' and '{}'",
        left.name_in_messages(),
        right.name_in_messages()
    ))
}

fn only_concatenate(left: &Value, right: &Value) -> Exception {
    let (kind, other) = (left.name_in_messages(), right.name_in_messages());
    type_error(format!(
        "can only concatenate {kind} (not \"{other}\") to {kind}"
    ))
}

fn bits(operator: &str, left: &Value, right: &Value) -> Result<Value, Exception> {
    if let (Value::Bool(one), Value::Bool(two)) = (left, right) {
        match operator {
            "&" => return Ok(Value::Bool(one & two)),
            "|" => return Ok(Value::Bool(one | two)),
            "^" => return Ok(Value::Bool(one ^ two)),
            _ => {}
        }
    }
    let (one, two) = (left.try_as_int()?, right.try_as_int()?);
    Ok(Value::Int(match operator {
        "&" => one & two,
        "|" => one | two,
        "^" => one ^ two,
        "<<" => try_shift_left(one, two)?,
        _ => try_shift_right(one, two)?,
    }))
}

/// `left operator right` for the operators of arithmetic; `TypeError` where Python has no such operation.
pub fn try_value_arithmetic(
    operator: &str,
    left: &Value,
    right: &Value,
) -> Result<Value, Exception> {
    if let Some(plain) = operator.strip_suffix('=') {
        return in_place(plain, left, right);
    }
    if matches!(operator, "&" | "|" | "^" | "<<" | ">>") && left.is_int() && right.is_int() {
        return bits(operator, left, right);
    }
    if let (Some(one), Some(two)) = (left.number(), right.number()) {
        return match operator {
            "+" => Ok(Value::from(one + two)),
            "-" => Ok(Value::from(one - two)),
            "*" => Ok(Value::from(one * two)),
            "/" => divided(left, right, one, two),
            "//" => one.try_floor_div(two).map(Value::from),
            "%" => one.try_modulo(two).map(Value::from),
            "**" => one.try_power(two).map(Value::from),
            _ => Err(no_operation(operator, left, right)),
        };
    }
    if let Value::Object(one) = left
        && let Some(found) = one.arithmetic(operator, right, false)
    {
        return found;
    }
    if let Value::Object(two) = right
        && let Some(found) = two.arithmetic(operator, left, true)
    {
        return found;
    }
    match (operator, left, right) {
        ("+", Value::Str(one), Value::Str(two)) => Ok(Value::Str(format!("{one}{two}"))),
        ("+", Value::List(one), Value::List(two)) => {
            Ok(Value::list(one.content().into_iter().chain(two.content())))
        }
        ("+", Value::Tuple(one), Value::Tuple(two)) => {
            Ok(Value::tuple(one.iter().chain(two.iter()).cloned()))
        }
        ("+", Value::Str(_) | Value::List(_) | Value::Tuple(_), _) => {
            Err(only_concatenate(left, right))
        }
        ("*", Value::Str(text), _) if right.is_int() => {
            right.try_as_int().map(|count| repeated(text, count))
        }
        ("*", _, Value::Str(text)) if left.is_int() => {
            left.try_as_int().map(|count| repeated(text, count))
        }
        ("*", Value::List(items), _) if right.is_int() => right
            .try_as_int()
            .map(|count| Value::list(times(&items.content(), count))),
        ("*", _, Value::List(items)) if left.is_int() => left
            .try_as_int()
            .map(|count| Value::list(times(&items.content(), count))),
        ("*", Value::Tuple(items), _) if right.is_int() => right
            .try_as_int()
            .map(|count| Value::tuple(times(items, count))),
        ("*", _, Value::Tuple(items)) if left.is_int() => left
            .try_as_int()
            .map(|count| Value::tuple(times(items, count))),
        ("*", Value::Str(_) | Value::List(_) | Value::Tuple(_), other)
        | ("*", other, Value::Str(_) | Value::List(_) | Value::Tuple(_)) => {
            Err(type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                other.name_in_messages()
            )))
        }
        ("%", Value::Str(_), _) => {
            super::super::program::unsupported("`%` formatting of a text known only at run time")
        }
        ("|", Value::Dict(one), Value::Dict(two)) => Ok(Value::from(one.merged(two.content()))),
        ("|", Value::Set(one), Value::Set(two)) => {
            Ok(Value::from(one.with(|one| one.union_set(two))))
        }
        ("&", Value::Set(one), Value::Set(two)) => {
            Ok(Value::from(one.with(|one| one.intersection_set(two))))
        }
        ("-", Value::Set(one), Value::Set(two)) => {
            Ok(Value::from(one.with(|one| one.difference_set(two))))
        }
        ("^", Value::Set(one), Value::Set(two)) => Ok(Value::from(
            one.with(|one| one.symmetric_difference_set(two)),
        )),
        _ => Err(no_operation(operator, left, right)),
    }
}

/// Python divides ints exactly before it rounds, and says "division by zero" of them.
fn divided(left: &Value, right: &Value, one: Num, two: Num) -> Result<Value, Exception> {
    if left.is_int() && right.is_int() {
        return TrueDivision::try_true_div(left.try_as_int()?, right.try_as_int()?)
            .map(Value::Float);
    }
    one.try_true_div(two).map(Value::Float)
}

/// `left operator= right`: what can change in place does, and stays the same object.
fn in_place(operator: &str, left: &Value, right: &Value) -> Result<Value, Exception> {
    match (operator, left, right) {
        ("+", Value::List(items), _) => {
            let more: Vec<Value> = right.try_items()?.collect();
            items.with_mut(|items| items.extend(more));
        }
        ("*", Value::List(items), _) if right.is_int() => {
            let count = right.try_as_int()?;
            let repeated = times(&items.content(), count);
            items.set(repeated);
        }
        ("|", Value::Dict(items), _) => items.update_from(right.try_mapping()?),
        ("|", Value::Set(items), Value::Set(other)) => items.update_set(other),
        ("&", Value::Set(items), Value::Set(other)) => items.intersection_update_set(other),
        ("-", Value::Set(items), Value::Set(other)) => items.difference_update_set(other),
        ("^", Value::Set(items), Value::Set(other)) => {
            items.symmetric_difference_update_set(other);
        }
        _ => {
            return try_value_arithmetic(operator, left, right).map_err(|problem| {
                let said = problem.message();
                if said.starts_with("unsupported operand type(s) for") {
                    no_operation(&format!("{operator}="), left, right)
                } else {
                    problem
                }
            });
        }
    }
    Ok(left.clone())
}

fn no_order(operator: &str, left: &Value, right: &Value) -> Exception {
    type_error(format!(
        "'{operator}' not supported between instances of '{}' and '{}'",
        left.name_in_messages(),
        right.name_in_messages()
    ))
}

/// The order of two sequences is that of their first items that differ, or of their lengths.
fn compare_items(operator: &str, left: &[Value], right: &[Value]) -> Result<bool, Exception> {
    for (one, two) in left.iter().zip(right) {
        if one != two {
            return try_value_compare(operator, one, two);
        }
    }
    Ok(fits(operator, left.len().partial_cmp(&right.len())))
}

fn fits(operator: &str, order: Option<Ordering>) -> bool {
    match operator {
        "<" => order == Some(Ordering::Less),
        ">" => order == Some(Ordering::Greater),
        "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// The operator that asks the same with the sides exchanged.
fn reflected(operator: &str) -> &str {
    match operator {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        _ => "<=",
    }
}

/// The order of objects whose class has one.
fn order_of_objects(
    operator: &str,
    one: &dyn super::Object,
    left: &Value,
    right: &Value,
) -> Result<bool, Exception> {
    if let Some(order) = one.order_with(right) {
        return Ok(fits(operator, order));
    }
    let other_less = |other: &Value| match other {
        Value::Object(object) => object.less_than(left),
        _ => None,
    };
    let found = match operator {
        "<" => one.less_than(right),
        ">" => other_less(right),
        "<=" => one.less_than(right).map(|less| less || one.equal_to(right)),
        _ => other_less(right).map(|more| more || one.equal_to(right)),
    };
    found.ok_or_else(|| no_order(operator, left, right))
}

/// `left operator right` for `< <= > >=`; `TypeError` where Python has no such order.
pub fn try_value_compare(operator: &str, left: &Value, right: &Value) -> Result<bool, Exception> {
    if let (Some(one), Some(two)) = (left.number(), right.number()) {
        return Ok(fits(operator, one.partial_cmp(&two)));
    }
    match (left, right) {
        (Value::Str(one), Value::Str(two)) => Ok(fits(operator, one.partial_cmp(two))),
        (Value::List(one), Value::List(two)) => {
            one.with(|one| two.with(|two| compare_items(operator, one, two)))
        }
        (Value::Tuple(one), Value::Tuple(two)) => compare_items(operator, one, two),
        (Value::Set(one), Value::Set(two)) => Ok(fits(operator, one.partial_cmp(two))),
        (Value::Object(one), _) => order_of_objects(operator, &**one, left, right),
        (_, Value::Object(two)) => order_of_objects(reflected(operator), &**two, right, left)
            .map_err(|_| no_order(operator, left, right)),
        _ => Err(no_order(operator, left, right)),
    }
}

/// `left operator right` for `< <= > >=`.
pub fn value_compare(operator: &str, left: &Value, right: &Value) -> bool {
    try_value_compare(operator, left, right).or_throw()
}

/// `left operator right`.
pub fn value_arithmetic(operator: &str, left: &Value, right: &Value) -> Value {
    try_value_arithmetic(operator, left, right).or_throw()
}

/// `-value`.
pub fn try_value_negative(value: &Value) -> Result<Value, Exception> {
    match value {
        Value::Float(value) => Ok(Value::Float(-value)),
        Value::Object(object) => object
            .negated_value()
            .unwrap_or_else(|| Err(bad_operand("-", value))),
        _ if value.is_int() => value
            .try_as_int()
            .map(|value| Value::Int(in_range(value.checked_neg()))),
        _ => Err(bad_operand("-", value)),
    }
}

/// `abs(value)`.
pub fn try_value_absolute(value: &Value) -> Result<Value, Exception> {
    match value {
        Value::Object(object) => object.absolute_value(),
        _ => value
            .number()
            .map(|number| Ok(super::super::abs(number).into())),
    }
    .unwrap_or_else(|| {
        Err(type_error(format!(
            "bad operand type for abs(): '{}'",
            value.name_in_messages()
        )))
    })
}

/// `abs(value)`.
pub fn value_absolute(value: &Value) -> Value {
    try_value_absolute(value).or_throw()
}

fn no_rounding(value: &Value) -> Exception {
    type_error(format!(
        "type {} doesn't define __round__ method",
        value.name_in_messages()
    ))
}

/// `round(value)`.
pub fn try_value_rounded(value: &Value) -> Result<i64, Exception> {
    match value {
        Value::Float(value) => super::super::try_round_int(*value),
        Value::Object(object) => object
            .rounded_value(None)
            .unwrap_or_else(|| Err(no_rounding(value)))
            .and_then(|rounded| rounded.try_as_int()),
        _ if value.is_int() => value.try_as_int(),
        _ => Err(no_rounding(value)),
    }
}

/// `round(value)`.
pub fn value_rounded(value: &Value) -> i64 {
    try_value_rounded(value).or_throw()
}

/// `round(value, digits)`.
pub fn try_value_rounded_to(value: &Value, digits: i64) -> Result<Value, Exception> {
    match value {
        Value::Object(object) => object
            .rounded_value(Some(digits))
            .unwrap_or_else(|| Err(no_rounding(value))),
        _ => match value.number() {
            Some(number) => Ok(number.round_to(digits).into()),
            None => Err(no_rounding(value)),
        },
    }
}

/// `round(value, digits)`.
pub fn value_rounded_to(value: &Value, digits: i64) -> Value {
    try_value_rounded_to(value, digits).or_throw()
}

fn bad_operand(operator: &str, value: &Value) -> Exception {
    type_error(format!(
        "bad operand type for unary {operator}: '{}'",
        value.name_in_messages()
    ))
}

/// `+value`.
pub fn try_value_positive(value: &Value) -> Result<Value, Exception> {
    match value {
        Value::Float(_) | Value::Int(_) => Ok(value.clone()),
        Value::Bool(value) => Ok(Value::Int(i64::from(*value))),
        _ => Err(bad_operand("+", value)),
    }
}

/// `+value`.
pub fn value_positive(value: &Value) -> Value {
    try_value_positive(value).or_throw()
}

/// `~value`.
pub fn try_value_inverted(value: &Value) -> Result<Value, Exception> {
    match value {
        _ if value.is_int() => value.try_as_int().map(|value| Value::Int(!value)),
        _ => Err(bad_operand("~", value)),
    }
}

/// `~value`.
pub fn value_inverted(value: &Value) -> Value {
    try_value_inverted(value).or_throw()
}

/// `-value`.
pub fn value_negative(value: &Value) -> Value {
    try_value_negative(value).or_throw()
}

/// The sum of values from a start.
pub fn try_value_sum(
    items: impl IntoIterator<Item = Value>,
    start: Value,
) -> Result<Value, Exception> {
    if start.is_str() {
        return Err(type_error(
            "sum() can't sum strings [use ''.join(seq) instead]",
        ));
    }
    items.into_iter().try_fold(start, |total, item| {
        try_value_arithmetic("+", &total, &item)
    })
}

/// `sum(items, start)`.
pub fn value_sum(items: impl IntoIterator<Item = Value>, start: Value) -> Value {
    try_value_sum(items, start).or_throw()
}
