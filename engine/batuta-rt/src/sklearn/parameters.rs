//! Constructor parameters: one plain struct for each estimator, with builder methods on the estimator, setting by name (for grids) and
//! the text form of scikit-learn.

use super::errors::{Result, value_error};
use super::estimator::AnyEstimator;
use super::layout::Shown;
use crate::py::{Num, Text};
use std::rc::Rc;

/// A parameter's value when its type is known only at run time.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// `None`.
    Nothing,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A float of NumPy's, as the items of an array are.
    NumpyFloat(f64),
    /// An integer of NumPy's.
    NumpyInt(i64),
    /// A string.
    Text(String),
    /// An estimator.
    Estimator(Inner),
    /// Estimators with names.
    Named(Named),
    /// Any other value, in its Python text form.
    Other(String),
}

impl PartialOrd for Param {
    /// Numbers among themselves and texts among themselves; others have no order.
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let number = |value: &Param| match value {
            Param::Bool(value) => Some(f64::from(u8::from(*value))),
            Param::Int(value) | Param::NumpyInt(value) => Some(*value as f64),
            Param::Float(value) | Param::NumpyFloat(value) => Some(*value),
            _ => None,
        };
        match (self, other) {
            (Param::Text(one), Param::Text(two)) => one.partial_cmp(two),
            (Param::Nothing, Param::Nothing) => Some(std::cmp::Ordering::Equal),
            (one, two) => number(one)?.partial_cmp(&number(two)?),
        }
    }
}

/// A type that a parameter can have.
pub trait ParamType: Sized {
    /// To the common form.
    fn to_param(&self) -> Param;
    /// From the common form. None when it does not fit.
    fn from_param(param: &Param) -> Option<Self>;
}

impl ParamType for f64 {
    fn to_param(&self) -> Param {
        Param::Float(*self)
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Float(value) | Param::NumpyFloat(value) => Some(*value),
            Param::Int(value) | Param::NumpyInt(value) => Some(*value as f64),
            _ => None,
        }
    }
}

macro_rules! plain {
    ($type:ty, $variant:ident) => {
        impl ParamType for $type {
            fn to_param(&self) -> Param {
                Param::$variant(self.clone())
            }
            fn from_param(param: &Param) -> Option<Self> {
                match param {
                    Param::$variant(value) => Some(value.clone()),
                    _ => None,
                }
            }
        }
    };
}
impl ParamType for i64 {
    fn to_param(&self) -> Param {
        Param::Int(*self)
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Int(value) | Param::NumpyInt(value) => Some(*value),
            _ => None,
        }
    }
}
plain!(bool, Bool);
plain!(String, Text);

impl ParamType for Num {
    fn to_param(&self) -> Param {
        Param::from(*self)
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Int(value) | Param::NumpyInt(value) => Some(Num::Int(*value)),
            Param::Float(value) | Param::NumpyFloat(value) => Some(Num::Float(*value)),
            _ => None,
        }
    }
}

impl<T: ParamType> ParamType for Option<T> {
    fn to_param(&self) -> Param {
        self.as_ref().map_or(Param::Nothing, ParamType::to_param)
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Nothing => Some(None),
            other => T::from_param(other).map(Some),
        }
    }
}

impl ParamType for Param {
    fn to_param(&self) -> Param {
        self.clone()
    }
    fn from_param(param: &Param) -> Option<Self> {
        Some(param.clone())
    }
}

impl From<f64> for Param {
    fn from(value: f64) -> Self {
        Param::Float(value)
    }
}

impl From<i64> for Param {
    fn from(value: i64) -> Self {
        Param::Int(value)
    }
}

impl From<Num> for Param {
    fn from(value: Num) -> Self {
        match value {
            Num::Int(value) => Param::Int(value),
            Num::Float(value) => Param::Float(value),
        }
    }
}

impl From<bool> for Param {
    fn from(value: bool) -> Self {
        Param::Bool(value)
    }
}

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Param::Text(value.to_string())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Param::Text(value)
    }
}

impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(value: Option<T>) -> Self {
        value.map_or(Param::Nothing, Into::into)
    }
}

impl ParamType for (f64, f64) {
    fn to_param(&self) -> Param {
        Param::Other(format!(
            "({}, {})",
            text(&Param::Float(self.0)),
            text(&Param::Float(self.1))
        ))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// An estimator that is a parameter of another one.
#[derive(Clone, Default)]
pub struct Inner(Option<Rc<dyn AnyEstimator>>);

impl From<Box<dyn AnyEstimator>> for Inner {
    fn from(estimator: Box<dyn AnyEstimator>) -> Self {
        Inner(Some(Rc::from(estimator)))
    }
}

impl Inner {
    /// The program's own estimator as a parameter.
    pub fn of(estimator: &dyn AnyEstimator) -> Self {
        Inner::from(estimator.share())
    }

    /// The estimator. Its absence is a mistake of the builder, which always gives one.
    pub fn get(&self) -> &dyn AnyEstimator {
        self.0.as_deref().expect("an estimator was given")
    }

    /// The estimator, if one was given.
    pub fn given(&self) -> Option<&dyn AnyEstimator> {
        self.0.as_deref()
    }

    /// A new one with the same parameters.
    pub fn fresh(&self) -> Box<dyn AnyEstimator> {
        self.get().fresh()
    }
}

impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        let text = |own: &Inner| own.given().map(AnyEstimator::text);
        text(self) == text(other)
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_param().python())
    }
}

impl ParamType for Inner {
    fn to_param(&self) -> Param {
        self.given()
            .map_or(Param::Nothing, |_| Param::Estimator(self.clone()))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// Estimators with names, as a parameter of another one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named(Vec<(String, Inner)>);

impl Named {
    /// Fitted estimators with the names of these.
    pub fn with_names(&self, fitted: &[Box<dyn AnyEstimator>]) -> Vec<(String, super::Model)> {
        let names = self.0.iter().map(|(name, _)| name.clone());
        names
            .zip(fitted.iter().map(|each| super::Model::from(each.share())))
            .collect()
    }

    /// One more.
    pub fn add(&mut self, name: &str, estimator: &dyn AnyEstimator) {
        self.0.push((name.to_string(), Inner::of(estimator)));
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&dyn AnyEstimator> {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map(|(_, estimator)| estimator.get())
    }

    /// All, in order.
    pub fn all(&self) -> impl Iterator<Item = &dyn AnyEstimator> {
        self.0.iter().map(|(_, estimator)| estimator.get())
    }

    /// All with their names, as handles of the same objects.
    pub fn models(&self) -> Vec<(String, super::Model)> {
        let model = |own: &Inner| super::Model::from(own.get().share());
        let pairs = self.0.iter();
        pairs
            .map(|(name, own)| (name.clone(), model(own)))
            .collect()
    }

    /// What is shown: a list of pairs.
    pub fn shown(&self) -> Shown {
        let pair = |(name, own): &(String, Inner)| {
            Shown::Tuple(vec![Shown::Text(name.repr_text()), own.get().shown()])
        };
        Shown::List(self.0.iter().map(pair).collect())
    }

    /// New ones with the same parameters.
    pub fn fresh(&self) -> Self {
        let fresh = |own: &Inner| Inner::from(own.fresh());
        Named(
            self.0
                .iter()
                .map(|(name, own)| (name.clone(), fresh(own)))
                .collect(),
        )
    }
}

/// A dict of parameters.
pub trait ParamItems {
    /// The names with their values.
    fn listed(&self) -> Vec<(String, Param)>;
}

impl<K: Text + Clone, V: ParamType + Clone> ParamItems for crate::py::Dict<K, V> {
    fn listed(&self) -> Vec<(String, Param)> {
        let pairs = self.pairs();
        pairs
            .map(|(name, value)| (name.str_text(), value.to_param()))
            .collect()
    }
}

impl<T: ParamItems> ParamItems for crate::py::Shared<T> {
    fn listed(&self) -> Vec<(String, Param)> {
        self.with(ParamItems::listed)
    }
}

impl ParamItems for crate::py::Value {
    fn listed(&self) -> Vec<(String, Param)> {
        match self {
            crate::py::Value::Dict(items) => items.listed(),
            _ => crate::sklearn::errors::unwrap(Err(crate::sklearn::errors::Exception::new(
                "TypeError",
                "argument after ** must be a mapping",
            ))),
        }
    }
}

impl ParamType for crate::py::Value {
    fn to_param(&self) -> Param {
        use crate::py::Value;
        match self {
            Value::None => Param::Nothing,
            Value::Int(value) => Param::Int(*value),
            Value::Float(value) => Param::Float(*value),
            Value::Bool(value) => Param::Bool(*value),
            Value::Str(value) => Param::Text(value.clone()),
            Value::Tuple(_) => Param::Other(self.repr_text()),
            _ => crate::py::unsupported("a parameter that is neither a number nor a text"),
        }
    }
    fn from_param(param: &Param) -> Option<Self> {
        use crate::py::Value;
        match param {
            Param::Nothing => Some(Value::None),
            Param::Bool(value) => Some(Value::Bool(*value)),
            Param::Int(value) | Param::NumpyInt(value) => Some(Value::Int(*value)),
            Param::Float(value) | Param::NumpyFloat(value) => Some(Value::Float(*value)),
            Param::Text(value) => Some(Value::Str(value.clone())),
            _ => None,
        }
    }
}

/// A text that is given for a parameter, where it is one of those that are translated.
pub fn known(name: &str, value: String, values: &[&str]) -> String {
    if !values.contains(&value.as_str()) {
        crate::py::unsupported(&format!("{name}={}", value.repr_text()))
    }
    value
}

/// A list of names and estimators that a program holds.
pub trait NamedList {
    /// The estimators with their names.
    fn named(&self) -> Named;
}

impl<E: AnyEstimator> NamedList for Vec<(String, E)> {
    fn named(&self) -> Named {
        let mut all = Named::default();
        self.iter().for_each(|(name, own)| all.add(name, own));
        all
    }
}

impl<L: NamedList> NamedList for crate::py::Shared<L> {
    fn named(&self) -> Named {
        self.with(NamedList::named)
    }
}

impl ParamType for Named {
    fn to_param(&self) -> Param {
        Param::Named(self.clone())
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// Values to try: how many, or which.
#[derive(Clone, Debug, PartialEq)]
pub enum Grid {
    /// So many, chosen by the data.
    Count(i64),
    /// These.
    Of(Vec<f64>),
}

impl ParamType for Grid {
    fn to_param(&self) -> Param {
        match self {
            Grid::Count(count) => Param::Int(*count),
            Grid::Of(values) => values.to_param(),
        }
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Int(count) => Some(Grid::Count(*count)),
            _ => None,
        }
    }
}

impl ParamType for Vec<f64> {
    fn to_param(&self) -> Param {
        let parts: Vec<String> = self
            .iter()
            .map(|value| text(&Param::Float(*value)))
            .collect();
        Param::Other(format!("[{}]", parts.join(", ")))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

impl ParamType for Vec<String> {
    fn to_param(&self) -> Param {
        let parts: Vec<String> = self.iter().map(|word| word.repr_text()).collect();
        Param::Other(format!("[{}]", parts.join(", ")))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

impl ParamType for (i64, i64) {
    fn to_param(&self) -> Param {
        Param::Other(format!("({}, {})", self.0, self.1))
    }
    fn from_param(param: &Param) -> Option<Self> {
        let Param::Other(text) = param else {
            return None;
        };
        let (first, second) = text
            .strip_prefix('(')?
            .strip_suffix(')')?
            .split_once(", ")?;
        Some((first.parse().ok()?, second.parse().ok()?))
    }
}

/// What a program can give for a parameter of type `T`. A float parameter takes an int, and shows it as one.
pub trait Given<T> {
    /// The value as it is shown, where that is not the parameter's own form.
    fn shown(&self) -> Option<Param> {
        None
    }
    /// The value.
    fn value(self) -> T;
}

impl<T> Given<T> for T {
    fn value(self) -> T {
        self
    }
}

impl Given<f64> for i64 {
    fn shown(&self) -> Option<Param> {
        Some(Param::Int(*self))
    }
    fn value(self) -> f64 {
        self as f64
    }
}

impl Given<f64> for Num {
    fn shown(&self) -> Option<Param> {
        Some(Param::from(*self))
    }
    fn value(self) -> f64 {
        self.to_f64()
    }
}

/// The parameters of one estimator.
pub trait Parameters: Clone + Default + 'static {
    /// Sets one by its Python name.
    fn set(&mut self, class: &str, name: &str, value: &Param) -> Result<()>;
    /// All, by Python name, in scikit-learn's (alphabetical) order.
    fn list(&self) -> Vec<(&'static str, Param)>;
}

/// The value for a parameter of an estimator of the program.
pub fn setting<T: ParamType>(class: &str, name: &str, value: &Param) -> Result<T> {
    T::from_param(value).ok_or_else(|| {
        super::errors::Exception::new(
            "TypeError",
            format!("the '{name}' parameter of {class} cannot take this value"),
        )
    })
}

/// The error of a parameter that an estimator of the program does not have.
pub fn no_setting(class: &str, name: &str) -> super::errors::Exception {
    value_error(format!("Invalid parameter '{name}' for estimator {class}."))
}

/// The error of an unknown name.
pub fn unknown(
    class: &str,
    name: &str,
    list: &[(&'static str, Param)],
) -> super::errors::Exception {
    let names: Vec<String> = list.iter().map(|(name, _)| format!("'{name}'")).collect();
    value_error(format!(
        "Invalid parameter '{name}' for estimator {class}(). Valid parameters are: [{}].",
        names.join(", ")
    ))
}

impl Param {
    /// The value as Python's own kind.
    pub fn plain(&self) -> Param {
        match self {
            Param::NumpyFloat(value) => Param::Float(*value),
            Param::NumpyInt(value) => Param::Int(*value),
            other => other.clone(),
        }
    }

    /// What is shown of the value.
    pub fn shown(&self) -> Shown {
        match self {
            Param::Estimator(own) => own.get().shown(),
            Param::Named(own) => own.shown(),
            Param::Other(own) => Shown::of_text(own),
            other => Shown::Text(text(other)),
        }
    }

    /// The value as Python writes it.
    pub fn python(&self) -> String {
        text(self)
    }
}

impl Text for Param {
    fn repr_text(&self) -> String {
        text(self)
    }
    fn str_text(&self) -> String {
        match self {
            Param::Text(value) => value.clone(),
            Param::NumpyFloat(value) => text(&Param::Float(*value)),
            Param::NumpyInt(value) => value.to_string(),
            other => text(other),
        }
    }
}

fn text(param: &Param) -> String {
    match param {
        Param::Nothing => "None".to_string(),
        Param::Bool(true) => "True".to_string(),
        Param::Bool(false) => "False".to_string(),
        Param::Int(value) => value.to_string(),
        Param::Float(value) => crate::py::Float(*value).to_string(),
        Param::Text(value) => format!("'{value}'"),
        Param::NumpyFloat(value) => format!("np.float64({})", crate::py::Float(*value)),
        Param::NumpyInt(value) => format!("np.int64({value})"),
        Param::Estimator(value) => value.get().text(),
        Param::Named(value) => value.shown().layout(),
        Param::Other(value) => value.clone(),
    }
}

/// What is shown of an estimator: the parameters that are not the defaults.
pub fn describe(
    class: &str,
    list: &[(&'static str, Param)],
    defaults: &[(&'static str, Param)],
) -> Shown {
    let changed = list
        .iter()
        .zip(defaults)
        .filter(|(own, default)| own.1 != default.1)
        .map(|(own, _)| (own.0.to_string(), own.1.shown()))
        .collect();
    Shown::Call(class.to_string(), changed)
}

/// Declares the parameters of an estimator: field, Python name, type and default. Fields stand in alphabetical order of their Python
/// names.
macro_rules! parameters {
    ($(#[$meta:meta])* $name:ident for $kind:ident { $( $field:ident = $python:literal : $type:ty = $default:expr, )* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $( #[doc = concat!("`", $python, "`")] pub $field: $type, )*
        }
        impl Default for $name {
            fn default() -> Self {
                $name { $( $field: $default, )* }
            }
        }
        impl $crate::sklearn::parameters::Parameters for $name {
            #[allow(unused_variables)]
            fn set(
                &mut self,
                class: &str,
                name: &str,
                value: &$crate::sklearn::parameters::Param,
            ) -> $crate::sklearn::errors::Result<()> {
                match name {
                    $( $python => {
                        self.$field = <$type as $crate::sklearn::parameters::ParamType>::from_param(value).ok_or_else(|| {
                            $crate::sklearn::errors::Exception::new(
                                "TypeError",
                                format!("the '{}' parameter of {class} cannot take this value", $python),
                            )
                        })?;
                        Ok(())
                    } )*
                    other => Err($crate::sklearn::parameters::unknown(class, other, &self.list())),
                }
            }
            fn list(&self) -> Vec<(&'static str, $crate::sklearn::parameters::Param)> {
                vec![ $( ($python, $crate::sklearn::parameters::ParamType::to_param(&self.$field)), )* ]
            }
        }
        impl $crate::sklearn::estimator::Estimator<$kind> {
            $( #[doc = concat!("The same object with `", $python, "` changed.")]
            pub fn $field(self, value: impl $crate::sklearn::parameters::Given<$type>) -> Self {
                self.show_as($python, value.shown())
                    .change(|parameters| parameters.$field = value.value())
            } )*
        }
    };
}
pub(crate) use parameters;
